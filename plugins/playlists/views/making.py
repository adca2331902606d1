"""Making a playlist, saying what it is called and who sees it, and deleting it with a way back."""

from flask import flash, render_template, request, session
from flask.typing import ResponseReturnValue

from musicapp.database import writing
from musicapp.errors import Conflict, Forbidden
from plugins.catalog import services as catalog
from plugins.playlists import plugin, services
from plugins.playlists.forms import PlaylistForm
from plugins.playlists.services import PlaylistDetail
from plugins.playlists.views.answers import saved
from plugins.playlists.views.asked import back_to, person_here, songs_sent

LARGEST_FORM = 21 * 1024 * 1024


@plugin.get("/new", permission="member")
def new() -> str:
    """The form of a new playlist; songs in the address come with it."""
    return render_template("playlists/new.html", form=PlaylistForm(formdata=None), song_ids=songs_sent())


@plugin.post("/new", endpoint="create", permission="member", max_body=LARGEST_FORM)
def create() -> ResponseReturnValue:
    """Make a playlist."""
    form, made = PlaylistForm(), []

    def make() -> None:
        cover_id = cover_sent()
        with writing():
            made.append(services.create_playlist(person_here(), **form.words(), song_ids=songs_sent()))
            services.change_cover(person_here(), made[0], cover_id)

    if not saved(form, make):
        return render_template("playlists/new.html", form=form, song_ids=songs_sent()), 422
    return back_to("playlist", playlist_id=made[0])


@plugin.get("/<int:playlist_id>/edit", permission="member")
def edit(playlist_id: int) -> str:
    """What a playlist is called, who sees it, and its cover."""
    detail = own_playlist(playlist_id)
    card = detail.card
    form = PlaylistForm(
        formdata=None, name=card.name, description=card.description, visibility=card.visibility, revision=card.revision
    )
    return render_template("playlists/edit.html", list=card, detail=detail, form=form)


@plugin.post("/<int:playlist_id>/edit", endpoint="save", permission="member", max_body=LARGEST_FORM)
def save(playlist_id: int) -> ResponseReturnValue:
    """Save what was written about a playlist."""
    form = PlaylistForm()

    def change() -> None:
        cover_id = cover_sent()
        with writing():
            services.change_playlist(person_here(), playlist_id, form.revision.number(), **form.words())
            if cover_id is not None or form.without_cover.data:
                services.change_cover(person_here(), playlist_id, cover_id)

    if not saved(form, change):
        detail = own_playlist(playlist_id)
        form.revision.data = detail.card.revision
        return render_template("playlists/edit.html", list=detail.card, detail=detail, form=form), 422
    flash(f"“{form.name.data}” is saved.", "success")
    return back_to("playlist", playlist_id=playlist_id)


def cover_sent() -> int | None:
    """The cover of the picture in a form, None without one; made before anything is written, and refused alone."""
    file = request.files.get("cover")
    return catalog.keep_cover(catalog.read_picture(file.stream)) if file and file.filename else None


def own_playlist(playlist_id: int) -> PlaylistDetail:
    """A playlist of who asks; raises Forbidden for another's."""
    detail = services.playlist_detail(person_here(), playlist_id)
    if detail.role != "owner":
        raise Forbidden("This is another's playlist; only they can do this.")
    return detail


@plugin.post("/<int:playlist_id>/delete", permission="member")
def delete(playlist_id: int) -> ResponseReturnValue:
    """Delete a playlist; the next page offers to bring it back."""
    name = services.delete_playlist(person_here(), playlist_id)
    session["playlists_deleted"] = {"id": playlist_id, "name": name, "days": services.limits().restorable_days}
    return back_to("library")


@plugin.post("/<int:playlist_id>/restore", permission="member")
def restore(playlist_id: int) -> ResponseReturnValue:
    """Bring a deleted playlist back."""
    try:
        name = services.restore_playlist(person_here(), playlist_id)
    except Conflict as refused:
        flash(refused.sentence, "error")
        return back_to("library")
    flash(f"“{name}” is back.", "success")
    return back_to("playlist", playlist_id=playlist_id)
