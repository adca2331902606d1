"""Covers as files. Who may see one is asked on every request; its address names it, so it may be kept a while."""

from typing import cast

from flask import Response

from musicapp.errors import NotFound
from musicapp.security import signed_in
from musicapp.storage import send_stored
from plugins.catalog import plugin, services
from plugins.catalog.services.covers import NO_COVER, Size

KEPT_S = 3600
SIZES = (96, 300, 600)


@plugin.get("/songs/<int:song_id>/cover/<int:size>.webp", permission="listen")
def song_cover(song_id: int, size: int) -> Response:
    """The cover of a song, or its album's."""
    return send_cover(services.song_cover(signed_in(), song_id, known_size(size)))


@plugin.get("/albums/<int:album_id>/cover/<int:size>.webp", permission="listen")
def album_cover(album_id: int, size: int) -> Response:
    """The cover of an album."""
    return send_cover(services.album_cover(signed_in(), album_id, known_size(size)))


@plugin.get("/artists/<int:artist_id>/cover/<int:size>.webp", permission="listen")
def artist_cover(artist_id: int, size: int) -> Response:
    """The picture of an artist."""
    return send_cover(services.artist_cover(signed_in(), artist_id, known_size(size)))


def known_size(size: int) -> Size:
    if size not in SIZES:
        raise NotFound(NO_COVER)
    return cast(Size, size)


def send_cover(found: tuple[str, str]) -> Response:
    key, etag = found
    return send_stored(key, content_type="image/webp", etag=etag, max_age=KEPT_S)
