"""Uploading: several files at once, each for itself, so that good ones stand when one fails."""

from contextlib import closing
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from musicapp.api import answer
from musicapp.errors import Invalid, Refused, wants_json
from plugins.catalog import plugin, services
from plugins.catalog.forms import UploadForm
from plugins.catalog.moments import publication
from plugins.catalog.services import SongRow
from plugins.catalog.services.limits import LARGEST_UPLOAD
from plugins.catalog.views.asked import person_here

NO_FILE = "Choose at least one music file."


@dataclass(frozen=True)
class Refusal:
    """A file that was not taken, and why."""

    name: str
    sentence: str


@plugin.get("/studio/upload", permission="catalog.publish")
def upload() -> str:
    """The page for new music."""
    return upload_page(UploadForm(formdata=None, album=request.args.get("album", "")[:200]))


@plugin.post("/studio/upload", endpoint="take_upload", permission="catalog.publish", max_body=LARGEST_UPLOAD)
def take_upload() -> ResponseReturnValue:
    """Take the files: one and answer with JSON, or all that a form without scripts sends."""
    form = UploadForm()
    files = [file for file in request.files.getlist("audio") if file.filename]
    if wants_json():
        return take_one(form, files)
    if not form.validate() or not files:
        form.audio.errors = list(form.audio.errors) or ([] if files else [NO_FILE])
        return upload_page(form), 422
    refused = take_all(form, files)
    if refused:
        return upload_page(form, refused, len(files) - len(refused)), 422
    flash("The song is being processed." if len(files) == 1 else f"{len(files)} songs are being processed.", "success")
    return redirect(url_for(".studio"), 303)


def take_one(form: UploadForm, files: list[FileStorage]) -> Response:
    if len(files) != 1:
        raise Invalid("Send one file at a time.", {"audio": ["Send one file at a time."]})
    if not form.validate():
        raise Invalid("Some of what you sent does not fit.", dict(form.errors))
    with closing(files[0]) as file:
        song_id = services.upload_song(person_here(), file, wishes_of(form))
    row = services.song_detail(person_here(), song_id).row
    return answer(upload_state(row), "The song is being processed.", 201, location=url_for(".song", song_id=song_id))


def take_all(form: UploadForm, files: list[FileStorage]) -> list[Refusal]:
    """Upload each file; answers those that were refused."""
    refused = []
    for file in files:
        try:
            with closing(file):
                services.upload_song(person_here(), file, wishes_of(form))
        except Refused as refusal:
            refused.append(Refusal(file.filename or "untitled", refusal.sentence))
    return refused


def wishes_of(form: UploadForm) -> services.Wishes:
    return services.Wishes(
        album=form.album.data or "",
        genre=form.genre.data or "",
        licence=form.licence.data or "",
        explicit=form.explicit.data,
        publish_at=publication(form.publish.data),
    )


@plugin.get("/studio/songs/<int:song_id>/state", permission="catalog.publish")
def song_state(song_id: int) -> Response:
    """How far a song is, for the page that sent it."""
    return answer(upload_state(services.song_detail(person_here(), song_id).row))


def upload_state(song: SongRow) -> dict[str, object]:
    return {
        "id": song.id,
        "state": song.state,
        "problem": song.problem,
        "title": song.title,
        "url": url_for(".edit_song", song_id=song.id),
        "state_url": url_for(".song_state", song_id=song.id),
    }


def upload_page(form: UploadForm, refused: list[Refusal] | None = None, taken: int = 0) -> str:
    return render_template(
        "catalog/upload.html", form=form, refused=refused, taken=taken, max_mb=services.limits().upload_mb
    )
