"""Taking one's data along: the page, starting a copy, its file."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import NotFound
from musicapp.security import signed_in
from musicapp.storage import send_stored
from plugins.auth import plugin
from plugins.auth.services.copies import clearing, listing, starting
from plugins.auth.services.copies.making import what_is_held


@plugin.get("/account/data", permission="member", endpoint="data")
def show_data() -> str:
    """What this site holds of who asks, and the copies of it that were made."""
    return render_template("auth/data.html", held=what_is_held(), copy=listing.standing_of(signed_in().id))


@plugin.post("/account/data", permission="member")
def copy_data() -> ResponseReturnValue:
    """Start a copy of everything that who asks owns here."""
    start_copy_of(signed_in().id)
    return redirect(url_for(".data"), 303)


def start_copy_of(person_id: int) -> None:
    """Start a copy; where one is under way, say so on the next page."""
    if not starting.start_copy(person_id):
        flash("A copy of your data is being made already.", "info")


@plugin.post("/account/data/<int:copy_id>/delete", permission="member")
def delete_data_copy(copy_id: int) -> ResponseReturnValue:
    """Delete the file of a copy before its time."""
    clearing.remove_copy(signed_in().id, copy_id)
    flash("The file is deleted.", "success")
    return redirect(url_for(".data"), 303)


@plugin.get("/account/data/files/<secret>/<name>", permission="member", endpoint="data_file")
def send_data(secret: str, name: str) -> Response:
    """The file of a copy, for its owner alone: who has its address still must be signed in as them."""
    return file_of(signed_in().id, secret, name)


def file_of(person_id: int, secret: str, name: str) -> Response:
    """The ZIP of a copy of somebody's, by the secret and the name in its address; raises NotFound."""
    row = listing.copy_by_secret(person_id, secret)
    if name != row.file_name:
        raise NotFound(listing.NOT_HERE)
    return send_stored(row.file_key, content_type="application/zip", etag=row.sha256, download_name=row.file_name)
