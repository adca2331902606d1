"""Playlists from files and to files."""

import tempfile
from contextlib import closing

from flask import Response, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Refused
from musicapp.security import signed_in
from musicapp.storage import send_made
from plugins.playlists import plugin
from plugins.playlists.services import exchange
from plugins.playlists.views.asked import back_to, person_here

NO_FILE = "Choose a file with a playlist."


@plugin.get("/<int:playlist_id>/file.<format_name>", endpoint="file", permission="listen")
def one_file(playlist_id: int, format_name: str) -> Response:
    """A playlist to take home."""
    file = exchange.file_of(signed_in(), playlist_id, format_name)
    return send_made(file.text.encode(), content_type=file.mime, download_name=file.name)


@plugin.get("/all.<format_name>.zip", endpoint="all_files", permission="member")
def all_files(format_name: str) -> Response:
    """All one's own playlists in one file."""
    archive = tempfile.TemporaryFile()  # noqa: SIM115 (closed when the answer was sent)
    exchange.write_all(person_here(), format_name, archive)
    return send_made(archive, content_type="application/zip", download_name=f"playlists.{format_name}.zip")


@plugin.get("/import", endpoint="bring", permission="member")
def bring() -> str:
    """Ask for files with playlists, and offer one's own as files."""
    return exchange_page([])


@plugin.post("/import", endpoint="take_in", permission="member", max_body=exchange.LARGEST_FORM)
def take_in() -> ResponseReturnValue:
    """Make playlists of the files; each is taken or refused by itself."""
    files = [file for file in request.files.getlist("file") if file.filename]
    taken, refused = [], [] if files else [("", NO_FILE)]
    for file in files:
        name = file.filename or ""
        try:
            with closing(file):
                taken += exchange.take_in(person_here(), name, file.stream)
        except Refused as refusal:
            refused.append((name, refusal.sentence))
    if refused:
        return exchange_page(taken, refused), 422
    if len(taken) == 1:
        return back_to("taken", taken_id=taken[0].id)
    return exchange_page(taken)


def exchange_page(taken: list[exchange.Taken], refused: list[tuple[str, str]] | None = None) -> str:
    return render_template(
        "playlists/exchange.html",
        formats=exchange.FORMATS.values(),
        taken=taken,
        unfinished=[] if taken else exchange.unfinished_imports(person_here()),
        refused=refused or [],
    )


@plugin.get("/imports/<int:taken_id>", permission="member")
def taken(taken_id: int) -> str:
    """What was found of a file, and what was not."""
    return render_template("playlists/exchange_taken.html", taken=exchange.taken_in(person_here(), taken_id))


@plugin.post("/imports/<int:taken_id>", endpoint="look_again", permission="member")
def look_again(taken_id: int) -> ResponseReturnValue:
    """Look for what is missing once more, or take the song that was chosen for one line."""
    number, song_id = request.form.get("number", type=int), request.form.get("song", type=int)
    if number is not None and song_id is not None:
        exchange.choose_song(person_here(), taken_id, number, song_id)
        flash("The song stands in its place.", "success")
    else:
        found = exchange.look_again(person_here(), taken_id)
        songs = "one song" if found == 1 else f"{found} songs"
        flash(f"Found {songs}." if found else "Nothing more was found.", "success" if found else "info")
    return back_to("taken", taken_id=taken_id)


@plugin.get("/imports/<int:taken_id>/<int:number>", permission="member")
def missing(taken_id: int, number: int) -> str:
    """Choose the song for a line that was not found: `?q=` is what to look for."""
    found = exchange.taken_in(person_here(), taken_id)
    line = exchange.missing_line(found, number)
    text = request.args.get("q", "").strip()[:200] or line.title
    return render_template(
        "playlists/exchange_missing.html",
        taken=found,
        number=number,
        line=line,
        text=text,
        songs=exchange.songs_like(person_here(), text),
        here=url_for(".missing", taken_id=taken_id, number=number),
    )
