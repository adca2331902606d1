"""One song on the desk: its words, lyrics, credits, cover and colour."""

from typing import cast

from flask import flash
from flask.typing import ResponseReturnValue

from musicapp.errors import Forbidden
from plugins.catalog import plugin, services
from plugins.catalog.forms import PublishForm, SongForm
from plugins.catalog.services import SongDetail
from plugins.catalog.services.limits import LARGEST_FORM
from plugins.catalog.views.asked import person_here
from plugins.catalog.views.desk.answers import NOT_YOURS, back_to, desk_page, save_with_cover, saved


@plugin.get("/studio/songs/<int:song_id>/edit", permission="catalog.publish")
def edit_song(song_id: int) -> str:
    """What is said about a song, and its publication."""
    detail = own_song(song_id)
    row = detail.row
    form = SongForm(
        formdata=None,
        version=detail.version,
        title=row.title,
        album=row.album_title or "",
        track_no=row.track_no,
        disc_no=detail.disc_no,
        genre=row.genre_name or "",
        year=row.year,
        released_on=detail.released_on,
        licence=row.licence,
        explicit=row.explicit,
        description=detail.description,
        credits=detail.credits,
        lyrics=detail.lyrics,
        tint=row.tint if detail.tint_is_chosen else "",
    )
    return song_page(detail, form)


@plugin.post(
    "/studio/songs/<int:song_id>/edit", endpoint="save_song", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_song(song_id: int) -> ResponseReturnValue:
    """Save what was written about a song."""
    form = SongForm()
    if not saved(form, lambda: save_song_form(song_id, form)):
        detail = own_song(song_id)
        form.version.data = detail.version
        return song_page(detail, form), 422
    flash(f"“{form.title.data}” is saved.", "success")
    return back_to("edit_song", song_id=song_id)


def save_song_form(song_id: int, form: SongForm) -> None:
    given = {name: value for name, value in form.data.items() if name in services.SongChanges.__annotations__}
    person, changes = person_here(), cast(services.SongChanges, given)
    save_with_cover(
        lambda: services.change_song(person, song_id, changes, form.version.number()),
        lambda cover_id: services.change_song_cover(person, song_id, cover_id),
    )


def own_song(song_id: int) -> SongDetail:
    """A song that who asks may change; raises Forbidden for another's."""
    detail = services.song_detail(person_here(), song_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOURS)
    return detail


def song_page(detail: SongDetail, form: SongForm) -> str:
    return desk_page(
        "edit_song.html",
        song=detail.row,
        detail=detail,
        form=form,
        alike=services.same_sound(person_here(), detail.row.id),
        odd=services.odd_lines(detail.lyrics, detail.row.duration_s),
        albums=services.album_titles(person_here(), detail.row.artist_id),
        roles=services.ROLES,
        publish_form=PublishForm(formdata=None),
        needs_rights=detail.rights_confirmed_at is None,
    )
