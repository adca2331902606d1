"""Making, changing, deleting and bringing back albums in the API."""

from typing import cast

from flask import Response, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.database import writing
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import form_or_json, kept_cover, person_who_asks, refuse_other_files, version_asked
from plugins.catalog.api.bodies import AlbumChangesBody, AlbumSongsBody, NewAlbumBody
from plugins.catalog.api.marking import marked_album
from plugins.catalog.api.shapes import Shape, album_detail_shape
from plugins.catalog.services.limits import LARGEST_FORM


@plugin.api.post("/albums", permission="catalog.publish", max_body=LARGEST_FORM)
@plugin.api.post("/album", endpoint="create_album_at", permission="catalog.publish", max_body=LARGEST_FORM)
def create_album() -> ResponseReturnValue:
    """A new album, which is a draft without songs."""
    refuse_other_files("cover")
    given = form_or_json(NewAlbumBody).model_dump(exclude_unset=True)
    person, cover_id = person_who_asks(), kept_cover()
    artist_id = given.pop("artist_id", None)
    with writing():
        album = services.create_album(person, cast(services.AlbumChanges, given), artist_id)
        if cover_id is not None:
            services.change_album_cover(person, album.id, cover_id)
    shape = album_detail_shape(services.album_detail(person, album.id))
    location = url_for("catalog.api.one_album", album_id=album.id)
    return answer(shape, f"“{album.title}” is a draft.", 201, location=location)


@plugin.api.route(
    "/albums/<int:album_id>", methods=["PUT", "PATCH"], permission="catalog.publish", max_body=LARGEST_FORM
)
@plugin.api.put(
    "/update/album/<int:album_id>", endpoint="update_album", permission="catalog.publish", max_body=LARGEST_FORM
)
def change_album(album_id: int) -> ResponseReturnValue:
    """Change what is given of an album: its words, its cover, the order of its songs, its publication."""
    refuse_other_files("cover")
    given = form_or_json(AlbumChangesBody).model_dump(exclude_unset=True)
    person, cover_id = person_who_asks(), kept_cover()
    version, rights = version_asked(given), given.pop("rights", False)
    publishes, moment = "publish" in given, given.pop("publish", None)
    order, discs = given.pop("songs", None), given.pop("discs", None)
    with writing():
        services.change_album(person, album_id, cast(services.AlbumChanges, given), version)
        if cover_id is not None:
            services.change_album_cover(person, album_id, cover_id)
        if order is not None:
            services.order_songs(person, album_id, order, discs)
        if publishes and moment is None:
            services.unpublish_album(person, album_id)
        elif publishes:
            services.publish_album(person, album_id, moment, rights=rights)
    return answer(album_now(person, album_id), "Saved.")


@plugin.api.post("/albums/<int:album_id>/songs", permission="catalog.publish", body=AlbumSongsBody)
def add_album_songs(album_id: int, body: AlbumSongsBody) -> Response:
    """Put songs of the same artist at the end of an album."""
    person = person_who_asks()
    added = services.add_songs(person, album_id, body.songs)
    said = "The song is" if len(added) == 1 else f"{len(added)} songs are"
    return answer(album_now(person, album_id), f"{said} in the album now.")


@plugin.api.delete("/albums/<int:album_id>/songs/<int:song_id>", permission="catalog.publish")
def take_album_song_out(album_id: int, song_id: int) -> Response:
    """Take a song out of an album; the song itself stays."""
    person = person_who_asks()
    song = services.take_song_out(person, album_id, song_id)
    return answer(album_now(person, album_id), f"“{song.title}” is a single now.")


@plugin.api.delete("/albums/<int:album_id>", permission="catalog.publish")
@plugin.api.delete("/delete/album/<int:album_id>", endpoint="delete_album_at", permission="catalog.publish")
def delete_album(album_id: int) -> Response:
    """Delete an album with its songs; they can be brought back for some days."""
    album = services.delete_album(person_who_asks(), album_id)
    days = services.limits().restorable_days
    return answer({"restorable_days": days}, f"“{album.title}” is deleted. It can be brought back for {days} days.")


@plugin.api.post("/albums/<int:album_id>/restore", permission="catalog.publish")
def restore_album(album_id: int) -> Response:
    """Bring a deleted album back, with the songs that went with it."""
    person = person_who_asks()
    album = services.restore_album(person, album_id)
    return answer(album_now(person, album_id), f"“{album.title}” is back.")


def album_now(person: services.Person, album_id: int) -> Shape:
    """An album after a change, with its reader's marks."""
    return marked_album(album_detail_shape(services.album_detail(person, album_id)))
