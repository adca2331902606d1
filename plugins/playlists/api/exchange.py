"""Playlists as files in the API: any of them out, and new ones in."""

from contextlib import closing
from typing import Any, Literal

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import Query, answer
from musicapp.errors import Invalid
from musicapp.security import signed_in
from musicapp.storage import send_made
from plugins.playlists import plugin
from plugins.playlists.api.asked import person_who_asks
from plugins.playlists.services import exchange

NO_FILE = "Send the playlist in the field “file” of a form."


class FileQuery(Query):
    """In which format."""

    format: Literal["m3u8", "xspf", "jspf"] = "m3u8"


@plugin.api.get("/playlists/<int:playlist_id>/file", permission="listen", query=FileQuery)
def playlist_file(playlist_id: int, query: FileQuery) -> Response:
    """A playlist as M3U8, XSPF or JSPF."""
    file = exchange.file_of(signed_in(), playlist_id, query.format)
    return send_made(file.text.encode(), content_type=file.mime, download_name=file.name)


@plugin.api.post("/playlists/import", permission="member", max_body=exchange.LARGEST_FORM)
def import_playlists() -> ResponseReturnValue:
    """New playlists from the `file` of a form; what is missing of each is named."""
    file = request.files.get("file")
    if file is None:
        raise Invalid(NO_FILE, {"file": ["This is needed."]})
    with closing(file):
        taken = exchange.take_in(person_who_asks(), file.filename or "", file.stream)
    location = url_for("playlists.api.imported", taken_id=taken[0].id)
    return answer([taken_shape(one) for one in taken], "", 201, location=location)


@plugin.api.get("/imports/<int:taken_id>", permission="member")
def imported(taken_id: int) -> Response:
    """What became of a file: the playlist, how many songs were found, and the lines for which none was."""
    return answer(taken_shape(exchange.taken_in(person_who_asks(), taken_id)))


@plugin.api.post("/imports/<int:taken_id>", permission="member")
def look_again(taken_id: int) -> Response:
    """Look once more for what is missing; songs that came meanwhile stand where the file had them."""
    exchange.look_again(person_who_asks(), taken_id)
    return answer(taken_shape(exchange.taken_in(person_who_asks(), taken_id)))


def taken_shape(taken: exchange.Taken) -> dict[str, Any]:
    """What became of a file, as the API writes it."""
    return {
        "id": taken.id,
        "playlist": {"id": taken.playlist_id, "name": taken.playlist_name},
        "found": taken.found_count,
        "missing": [
            {"line": one.number, "title": one.line.title, "artist": one.line.artist, "album": one.line.album}
            for one in taken.missing
        ],
        "created_at": taken.created_at.isoformat(),
    }
