"""One album on the desk: its words, credits, cover and colour, and the making of new ones."""

from itertools import groupby
from typing import cast

from flask import flash
from flask.typing import ResponseReturnValue

from musicapp.errors import Forbidden
from plugins.catalog import plugin, services
from plugins.catalog.forms import AlbumForm, NewAlbumForm, PublishForm
from plugins.catalog.services import AlbumDetail
from plugins.catalog.services.limits import LARGEST_FORM
from plugins.catalog.views.asked import ROWS, person_here
from plugins.catalog.views.desk.answers import NOT_YOURS, back_to, desk_page, save_with_cover, saved
from plugins.catalog.views.desk.home import wanted_here


@plugin.post("/studio/albums", endpoint="create_album", permission="catalog.publish")
def create_album() -> ResponseReturnValue:
    """Make a draft of an album, to be filled and described."""
    form, made = NewAlbumForm(), []
    person, artist_id = person_here(), wanted_here().artist_id

    def make() -> None:
        made.append(services.create_album(person, services.AlbumChanges(title=form.title.data), artist_id).id)

    if not saved(form, make):
        albums = services.desk_albums(person, artist_id, limit=ROWS)
        return desk_page("studio_albums.html", albums=albums.rows, more="", form=form), 422
    flash(f"“{form.title.data}” is a draft. Put songs into it, then publish it.", "success")
    return back_to("edit_album", album_id=made[0])


@plugin.get("/studio/albums/<int:album_id>/edit", permission="catalog.publish")
def edit_album(album_id: int) -> str:
    """What is said about an album, the order of its songs, and its publication."""
    detail = own_album(album_id)
    card = detail.card
    form = AlbumForm(
        formdata=None,
        version=detail.version,
        title=card.title,
        kind=card.kind,
        genre=card.genre_name or "",
        year=card.year,
        released_on=card.released_on,
        description=card.description,
        credits=detail.credits,
        tint=card.tint if detail.tint_is_chosen else "",
    )
    return album_page(detail, form)


@plugin.post(
    "/studio/albums/<int:album_id>/edit", endpoint="save_album", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_album(album_id: int) -> ResponseReturnValue:
    """Save what was written about an album."""
    form = AlbumForm()
    if not saved(form, lambda: save_album_form(album_id, form)):
        detail = own_album(album_id)
        form.version.data = detail.version
        return album_page(detail, form), 422
    flash(f"“{form.title.data}” is saved.", "success")
    return back_to("edit_album", album_id=album_id)


def save_album_form(album_id: int, form: AlbumForm) -> None:
    given = {name: value for name, value in form.data.items() if name in services.AlbumChanges.__annotations__}
    person, changes = person_here(), cast(services.AlbumChanges, given)
    save_with_cover(
        lambda: services.change_album(person, album_id, changes, form.version.number()),
        lambda cover_id: services.change_album_cover(person, album_id, cover_id),
    )


def own_album(album_id: int) -> AlbumDetail:
    """An album that who asks may change; raises Forbidden for another's."""
    detail = services.album_detail(person_here(), album_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOURS)
    return detail


def album_page(detail: AlbumDetail, form: AlbumForm) -> str:
    songs = services.sheet_songs(person_here(), album_id=detail.card.id)
    return desk_page(
        "edit_album.html",
        album=detail.card,
        detail=detail,
        songs=songs,
        discs=[(disc, list(of_disc)) for disc, of_disc in groupby(songs, lambda song: song.row.disc_no)],
        drafts=sum(not song.row.published for song in songs),
        loose=services.loose_songs(person_here(), detail.card.artist_id, detail.card.id),
        roles=services.ROLES,
        form=form,
        publish_form=PublishForm(formdata=None),
        needs_rights=not all(song.has_rights for song in songs),
    )
