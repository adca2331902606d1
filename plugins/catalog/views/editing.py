"""Editing one song, album or artist."""

from collections.abc import Callable
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.database import writing
from musicapp.errors import Forbidden, Invalid, NotFound, Refused
from plugins.catalog import plugin, services
from plugins.catalog.forms import AlbumForm, ArtistForm, Form, PublishForm, SongForm
from plugins.catalog.links import song_links
from plugins.catalog.services import AlbumDetail, ArtistCard, SongDetail
from plugins.catalog.services.limits import LARGEST_FORM
from plugins.catalog.views.asked import person_here

NOT_YOURS = "This is another artist's music; only they can change it."


@plugin.get("/studio/songs/<int:song_id>/edit", permission="catalog.publish")
def edit_song(song_id: int) -> str:
    """The words, cover and publication of a song."""
    detail = own_song(song_id)
    row = detail.row
    form = SongForm(
        formdata=None,
        title=row.title,
        album=row.album_title or "",
        track_no=row.track_no,
        genre=row.genre_name or "",
        year=row.year,
        licence=row.licence,
        explicit=row.explicit,
        lyrics=detail.lyrics,
    )
    return song_page(detail, form)


@plugin.post(
    "/studio/songs/<int:song_id>/edit", endpoint="save_song", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_song(song_id: int) -> ResponseReturnValue:
    """Save what was written about a song."""
    form = SongForm()
    if not saved(form, lambda: save_song_form(song_id, form)):
        return song_page(own_song(song_id), form), 422
    flash(f"“{form.title.data}” is saved.", "success")
    return redirect(url_for(".edit_song", song_id=song_id), 303)


def save_song_form(song_id: int, form: SongForm) -> None:
    given = {name: value for name, value in form.data.items() if name in services.SongChanges.__annotations__}
    cover_id = kept_cover()
    with writing():
        services.change_song(person_here(), song_id, cast(services.SongChanges, given))
        if cover_id is not None:
            services.change_song_cover(person_here(), song_id, cover_id)


@plugin.get("/studio/albums/<int:album_id>/edit", permission="catalog.publish")
def edit_album(album_id: int) -> str:
    """The words, cover, order and publication of an album."""
    detail = own_album(album_id)
    card = detail.card
    form = AlbumForm(
        formdata=None,
        title=card.title,
        genre=card.genre_name or "",
        year=card.year,
        released_on=card.released_on,
        description=card.description,
    )
    return album_page(detail, form)


@plugin.post(
    "/studio/albums/<int:album_id>/edit", endpoint="save_album", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_album(album_id: int) -> ResponseReturnValue:
    """Save what was written about an album."""
    form = AlbumForm()
    if not saved(form, lambda: save_album_form(album_id, form)):
        return album_page(own_album(album_id), form), 422
    flash(f"“{form.title.data}” is saved.", "success")
    return redirect(url_for(".edit_album", album_id=album_id), 303)


def save_album_form(album_id: int, form: AlbumForm) -> None:
    given = {name: value for name, value in form.data.items() if name in services.AlbumChanges.__annotations__}
    cover_id = kept_cover()
    with writing():
        services.change_album(person_here(), album_id, cast(services.AlbumChanges, given))
        if cover_id is not None:
            services.change_album_cover(person_here(), album_id, cover_id)


@plugin.post("/studio/albums/<int:album_id>/order", permission="catalog.publish")
def order_album(album_id: int) -> ResponseReturnValue:
    """Put the songs of an album in order: all of them as sent, or one of them a place up or down."""
    ids = request.form.getlist("songs", type=int)
    moved, way = request.form.get("song", type=int), request.form.get("way")
    if moved is not None:
        ids = moved_one([song.id for song in own_album(album_id).songs], moved, -1 if way == "up" else 1)
    services.order_songs(person_here(), album_id, ids)
    return redirect(url_for(".edit_album", album_id=album_id, _anchor="songs"), 303)


def moved_one(ids: list[int], song_id: int, by: int) -> list[int]:
    """The ids with one of them moved by a place; at the ends it stays."""
    if song_id not in ids:
        raise Invalid("This song is not in the album any more.")
    at = ids.index(song_id)
    to = min(max(at + by, 0), len(ids) - 1)
    ids.insert(to, ids.pop(at))
    return ids


@plugin.get("/studio/artists/<int:artist_id>/edit", permission="catalog.publish")
def edit_artist(artist_id: int) -> str:
    """The name, words and picture of an artist."""
    card = own_artist(artist_id)
    return artist_page(card, ArtistForm(formdata=None, name=card.name, bio=card.bio))


@plugin.post(
    "/studio/artists/<int:artist_id>/edit", endpoint="save_artist", permission="catalog.publish", max_body=LARGEST_FORM
)
def save_artist(artist_id: int) -> ResponseReturnValue:
    """Save what was written about an artist."""
    form = ArtistForm()
    if not saved(form, lambda: save_artist_form(artist_id, form)):
        return artist_page(own_artist(artist_id), form), 422
    flash(f"“{form.name.data}” is saved.", "success")
    return redirect(url_for(".edit_artist", artist_id=artist_id), 303)


def save_artist_form(artist_id: int, form: ArtistForm) -> None:
    changes = services.ArtistChanges(name=form.name.data, bio=form.bio.data or "")
    cover_id = kept_cover()
    with writing():
        services.change_artist(person_here(), artist_id, changes)
        if cover_id is not None:
            services.change_artist_cover(person_here(), artist_id, cover_id)


def saved(form: Form, save: Callable[[], None]) -> bool:
    """Whether a form fits and was saved; what the services refuse stands beside its fields."""
    if not form.validate():
        return False
    try:
        save()
    except (Forbidden, NotFound):
        raise
    except Refused as refused:
        form.refuse(refused)
        return False
    return True


def kept_cover() -> int | None:
    """The cover made of the picture that was sent, before anything is written: a refused one must change nothing."""
    file = request.files.get("cover")
    return services.keep_cover(services.read_picture(file.stream)) if file and file.filename else None


def own_song(song_id: int) -> SongDetail:
    detail = services.song_detail(person_here(), song_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOURS)
    return detail


def own_album(album_id: int) -> AlbumDetail:
    detail = services.album_detail(person_here(), album_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOURS)
    return detail


def own_artist(artist_id: int) -> ArtistCard:
    detail = services.artist_detail(person_here(), artist_id)
    if not detail.theirs:
        raise Forbidden(NOT_YOURS)
    return detail.card


def song_page(detail: SongDetail, form: SongForm) -> str:
    return render_template(
        "catalog/edit_song.html", song=detail.row, form=form, publish_form=PublishForm(formdata=None)
    )


def album_page(detail: AlbumDetail, form: AlbumForm) -> str:
    return render_template(
        "catalog/edit_album.html",
        album=detail.card,
        songs=detail.songs,
        links=song_links(detail.songs),
        form=form,
        publish_form=PublishForm(formdata=None),
    )


def artist_page(artist: ArtistCard, form: ArtistForm) -> str:
    return render_template("catalog/edit_artist.html", artist=artist, form=form)
