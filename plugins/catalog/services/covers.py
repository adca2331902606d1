"""Covers: pictures kept in three sizes, given to songs, albums and artists, and found for who may see them."""

import hashlib
import io
from functools import partial
from typing import IO, Any, Literal

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound, TooLarge, WrongKind
from musicapp.plugins import emit
from musicapp.prepared import prepared
from musicapp.routing import LARGEST_ID
from musicapp.storage import media_store
from plugins.catalog.events import AlbumChanged, ArtistChanged, SongChanged
from plugins.catalog.media import PictureRefused, make_cover_safely
from plugins.catalog.models import Album, Artist, Cover, Song
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.inserting import insert_new
from plugins.catalog.services.ownership import album_to_change, artist_to_change, song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import asked_by, is_known_to, kind_of_reader

NO_COVER = "There is no such cover, or you may not see it."
JUST_REMOVED = "This picture was just removed from the site. Send it once more."
LARGEST_BYTES = 20 << 20
Size = Literal[96, 300, 600]
Wearer = Literal["song", "album", "artist"]
ASKED = sa.bindparam("wearer_id", type_=sa.Integer)


def read_picture(stream: IO[bytes]) -> bytes:
    """The bytes of an uploaded picture; raises TooLarge before much of it is read."""
    picture = stream.read(LARGEST_BYTES + 1)
    if len(picture) > LARGEST_BYTES:
        raise TooLarge("The picture is larger than 20 MB. Save it smaller.", {"cover": ["This is larger than 20 MB."]})
    return picture


def keep_cover(picture: bytes) -> int:
    """The id of a picture's cover, made in three sizes when this picture is new; outside `writing()`.

    Raises WrongKind with a sentence when the picture cannot be used.
    """
    sha256 = hashlib.sha256(picture).hexdigest()
    known = session().scalar(sa.select(Cover.id).where(Cover.source_sha256 == sha256))
    if known is not None:
        return known
    try:
        made = make_cover_safely(picture)
    except PictureRefused as refused:
        raise WrongKind(refused.sentence, {"cover": [refused.sentence]}) from None
    store = media_store()
    kept = {side: store.save(io.BytesIO(webp), kind="covers", suffix=".webp").key for side, webp in made.sizes.items()}
    keys = {"key_96": kept[96], "key_300": kept[300], "key_600": kept[600]}
    with writing():
        cover_id = insert_new(Cover, source_sha256=sha256, tint=made.tint, **keys)
    if cover_id is None:  # another worker made the same cover meanwhile
        for key in kept.values():
            store.delete(key)
        cover_id = session().scalars(sa.select(Cover.id).where(Cover.source_sha256 == sha256)).one()
    return cover_id


def wear(wearer: Song | Album | Artist, cover_id: int) -> None:
    """Give something a cover and its tint, unless the artist chose another; inside `writing()`.

    Raises Conflict as `tint_to_wear`.
    """
    tint = tint_to_wear(cover_id)
    wearer.cover_id = cover_id
    if not wearer.tint_is_chosen:
        wearer.tint = tint


def tint_to_wear(cover_id: int) -> str:
    """The tint of a cover that something is given now, and that stays until then; inside `writing()`.

    Raises Conflict for a cover that was removed since `keep_cover` found it, as nothing wore it any more.
    """
    kept = sa.select(Cover.tint).where(Cover.id == cover_id).with_for_update(read=True, key_share=True)
    tint = session().scalar(kept)
    if tint is None:
        raise Conflict(JUST_REMOVED, {"cover": [JUST_REMOVED]})
    return tint


def change_song_cover(person: Person, song_id: int, cover_id: int) -> None:
    """Give a song another cover, one that `keep_cover` kept."""
    with writing():
        song = song_to_change(person, song_id)
        wear(song, cover_id)
        emit(SongChanged(song.id, song.artist_id))


def change_album_cover(person: Person, album_id: int, cover_id: int) -> None:
    """Give an album another cover, one that `keep_cover` kept; its songs without one of their own show it too."""
    with writing():
        album = album_to_change(person, album_id)
        wear(album, cover_id)
        emit(AlbumChanged(album.id, album.artist_id))


def change_artist_cover(person: Person, artist_id: int, cover_id: int) -> None:
    """Give an artist another picture, one that `keep_cover` kept."""
    with writing():
        wear(artist_to_change(person, artist_id), cover_id)
        emit(ArtistChanged(artist_id))


def song_cover(person: Person | None, song_id: int, size: Size) -> tuple[str, str]:
    """Storage key and ETag of a song's cover, or its album's; raises NotFound."""
    return found_cover("song", person, song_id, size)


def album_cover(person: Person | None, album_id: int, size: Size) -> tuple[str, str]:
    """Storage key and ETag of an album's cover; raises NotFound."""
    return found_cover("album", person, album_id, size)


def artist_cover(person: Person | None, artist_id: int, size: Size) -> tuple[str, str]:
    """Storage key and ETag of an artist's picture; raises NotFound."""
    return found_cover("artist", person, artist_id, size)


def found_cover(of: Wearer, person: Person | None, wearer_id: int, size: Size) -> tuple[str, str]:
    if not 0 < wearer_id <= LARGEST_ID:
        raise NotFound(NO_COVER)
    query = {"song": cover_of_song, "album": cover_of_album, "artist": cover_of_artist}[of]
    statement = prepared(("cover", of, size, *kind_of_reader(person)), partial(query, person, size))
    rows = statement.rows(asked_by(person, wearer_id=wearer_id))
    if not rows:
        raise NotFound(NO_COVER)
    key, cover_id = rows[0]
    return key, f"cover-{cover_id}-{size}"


def cover_of_song(person: Person | None, size: Size) -> sa.Select[Any]:
    return song_covers(person, key_of(size), Cover.id).where(Song.id == ASKED)


def cover_of_album(person: Person | None, size: Size) -> sa.Select[Any]:
    return album_covers(person, key_of(size), Cover.id).where(Album.id == ASKED)


def cover_of_artist(person: Person | None, size: Size) -> sa.Select[Any]:
    return artist_covers(person, key_of(size), Cover.id).where(Artist.id == ASKED)


def song_covers(person: Person | None, *columns: sa.SQLColumnExpression[Any]) -> sa.Select[Any]:
    """The covers of songs that somebody may know of, a song's own or that of its album."""
    shown_album = sa.and_(Album.id == Song.album_id, is_known_to(person, Album))
    songs = sa.select(*columns).select_from(Song).outerjoin(Album, shown_album)
    worn = songs.join(Cover, Cover.id == sa.func.coalesce(Song.cover_id, Album.cover_id))
    return worn.where(is_known_to(person, Song))


def album_covers(person: Person | None, *columns: sa.SQLColumnExpression[Any]) -> sa.Select[Any]:
    """The covers of albums that somebody may know of."""
    albums = sa.select(*columns).select_from(Album).join(Cover, Cover.id == Album.cover_id)
    return albums.where(is_known_to(person, Album))


def artist_covers(person: Person | None, *columns: sa.SQLColumnExpression[Any]) -> sa.Select[Any]:
    """The pictures of artists whom somebody may know of."""
    artists = sa.select(*columns).select_from(Artist).join(Cover, Cover.id == Artist.cover_id)
    return artists.where(is_known_artist(person))


def key_of(size: Size) -> sa.SQLColumnExpression[str]:
    return {96: Cover.key_96, 300: Cover.key_300, 600: Cover.key_600}[size]
