"""Covers of albums that came in with a folder: a picture that lies beside the music, or the one in its first song."""

import os
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Refused
from musicapp.storage import NotStored, media_store
from plugins.catalog.media import open_regular, read_tags_safely
from plugins.catalog.models import Album, FolderFile, Song
from plugins.catalog.services.covers import keep_cover, read_picture, wear
from plugins.catalog.services.folders.naming import album_folder

# As programs that rip and tag call them, the likeliest first.
NAMES = (b"cover", b"folder", b"front", b"album", b"albumart", b"albumartsmall")
SUFFIXES = (b".jpg", b".jpeg", b".png", b".webp")


def find_covers(song_ids: list[int]) -> None:
    """Give the albums of these songs a cover, where they have none and one is to be found."""
    for album_id, path, audio_key in albums_to_dress(song_ids):
        cover_id = cover_beside(path) or cover_inside(audio_key)
        if cover_id is not None:
            with writing():
                album = session().get(Album, album_id, with_for_update={"key_share": True})
                if album is not None and album.cover_id is None:
                    wear(album, cover_id)


def albums_to_dress(song_ids: list[int]) -> list[tuple[int, bytes, str | None]]:
    """The albums without a cover, each with the path and the stored file of its first song."""
    query = (
        sa.select(Album.id, FolderFile.path, Song.audio_key)
        .join(Song, Song.album_id == Album.id)
        .join(FolderFile, FolderFile.song_id == Song.id)
        .where(Song.id.in_(song_ids), Album.cover_id.is_(None))
        .order_by(Album.id, Song.disc_no, Song.track_no, Song.id)
    )
    first: dict[int, tuple[int, bytes, str | None]] = {}
    for album_id, path, audio_key in session().execute(query):
        first.setdefault(album_id, (album_id, path, audio_key))
    session().rollback()
    return list(first.values())


def cover_beside(path: bytes) -> int | None:
    """The cover of a picture in the folder of a file or of its album; one that cannot be used is passed over."""
    for picture in pictures_in(dict.fromkeys((path.rpartition(b"/")[0], album_folder(path)))):
        file = open_regular(Path(os.fsdecode(picture)))
        if file is None:
            continue
        try:
            with file:
                return keep_cover(read_picture(file))
        except Refused:
            continue
    return None


def pictures_in(folders: dict[bytes, None]) -> Iterator[bytes]:
    """The pictures of folders that are called like covers, the likeliest first; links are not followed."""
    for folder in folders:
        try:
            with os.scandir(folder) as listed:
                files = {entry.name.lower(): entry.path for entry in listed if entry.is_file(follow_symlinks=False)}
        except OSError:
            continue
        wanted = (name + suffix for name in NAMES for suffix in SUFFIXES)
        yield from (files[name] for name in wanted if name in files)


def cover_inside(audio_key: str | None) -> int | None:
    """The cover of the picture that a stored song carries."""
    try:
        picture = read_tags_safely(media_store().path(audio_key)).picture if audio_key else None
        return keep_cover(picture) if picture else None
    except (NotStored, Refused):
        return None
