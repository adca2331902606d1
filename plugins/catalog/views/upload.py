"""Uploading: the page that sends files piece by piece, and takes them whole from browsers without scripts."""

from contextlib import closing
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from musicapp.errors import Refused
from plugins.catalog import plugin, services
from plugins.catalog.forms import UploadForm
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
    form = UploadForm(formdata=None, album=request.args.get("album", "")[:200])
    form.offer(services.artists_of(person_here()))
    return upload_page(form)


@plugin.post("/studio/upload", endpoint="take_upload", permission="catalog.publish", max_body=LARGEST_UPLOAD)
def take_upload() -> ResponseReturnValue:
    """Take all the files that a form without scripts sends."""
    form = UploadForm()
    form.offer(services.artists_of(person_here()))
    files = [file for file in request.files.getlist("audio") if file.filename]
    if not form.validate() or not files:
        form.audio.errors = list(form.audio.errors) or ([] if files else [NO_FILE])
        return upload_page(form), 422
    refused = take_all(form, files)
    if refused:
        return upload_page(form, refused, len(files) - len(refused)), 422
    flash("The song is being processed." if len(files) == 1 else f"{len(files)} songs are being processed.", "success")
    return redirect(url_for(".studio"), 303)


def take_all(form: UploadForm, files: list[FileStorage]) -> list[Refusal]:
    """Upload each file; answers those that were refused."""
    refused = []
    wishes = services.Wishes(
        album=form.album.data or "",
        genre=form.genre.data or "",
        licence=form.licence_words(),
        explicit=form.explicit.data,
        publish_at=form.moment(),
        artist_id=form.chosen_artist(),
        rights_confirmed=form.rights.data,
    )
    for file in files:
        try:
            with closing(file):
                services.upload_song(person_here(), file, wishes)
        except Refused as refusal:
            refused.append(Refusal(file.filename or "untitled", refusal.sentence))
    return refused


def upload_page(form: UploadForm, refused: list[Refusal] | None = None, taken: int = 0) -> str:
    rooms = services.room_of(person_here())
    return render_template(
        "catalog/upload.html",
        form=form,
        refused=refused,
        taken=taken,
        formats=services.kinds_in_words(),
        max_mb=services.limits().upload_mb,
        rooms=rooms,
        in_words=services.in_words,
    )
