"""Publishing: when listeners can hear a song or see an album, and who is told."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, Invalid
from musicapp.jobs import enqueue
from musicapp.plugins import emit
from plugins.catalog.events import AlbumUnpublished, SongUnpublished
from plugins.catalog.models import Album, Song
from plugins.catalog.services.attesting import attested_by
from plugins.catalog.services.going_public import album_went_public, song_went_public
from plugins.catalog.services.ownership import album_to_change, song_to_change
from plugins.catalog.services.persons import Person

RIGHTS_NEEDED = "Say first that you made this music or may publish it."


def publish_song(person: Person, song_id: int, at: datetime | None = None, *, rights: bool = False) -> Song:
    """Let listeners hear a song from now on, or from a moment ahead; one that is being processed follows when ready.

    `rights` says that who publishes made the music or may publish it; Invalid where nobody said so yet.
    """
    with writing():
        song = song_to_change(person, song_id)
        if song.state == "unreadable":
            raise Conflict(f"“{song.title}” cannot be read, so it cannot be published. Delete it and upload it again.")
        confirm_rights(person, [song], rights)
        if song.published_at is None or song.published_at > now():
            set_song_publication(song, at or now())
    return song


def unpublish_song(person: Person, song_id: int) -> Song:
    """Make a song a draft again: from now on only its artist and the staff see it."""
    with writing():
        song = song_to_change(person, song_id)
        if song.published_at is not None:
            song.published_at = None
            emit(SongUnpublished(song.id, song.artist_id))
    return song


def publish_album(person: Person, album_id: int, at: datetime | None = None, *, rights: bool = False) -> Album:
    """Let listeners see an album and hear its drafts from now on, or from a moment ahead; `rights` is as for a song."""
    with writing():
        album = album_to_change(person, album_id)
        songs = [song for song in songs_to_change(album) if song.state != "unreadable"]
        if not songs:
            raise Conflict(f"“{album.title}” has no songs yet. Upload some before you publish it.")
        confirm_rights(person, songs, rights)
        moment = at or now()
        if album.published_at is None or album.published_at > now():
            set_album_publication(album, moment)
        for song in songs:
            if song.published_at is None or song.published_at > now():
                set_song_publication(song, moment)
    return album


def unpublish_album(person: Person, album_id: int) -> Album:
    """Make an album and all its songs drafts again."""
    with writing():
        album = album_to_change(person, album_id)
        for song in songs_to_change(album):
            if song.published_at is not None:
                song.published_at = None
                emit(SongUnpublished(song.id, song.artist_id))
        if album.published_at is not None:
            album.published_at = None
            emit(AlbumUnpublished(album.id, album.artist_id))
    return album


def confirm_rights(person: Person, songs: Sequence[Song], rights: bool) -> None:
    """Note that these songs may be published, where nobody said so before; raises Invalid where nobody does now."""
    unsaid = [song for song in songs if song.rights_confirmed_at is None]
    if unsaid and not rights:
        raise Invalid(RIGHTS_NEEDED, {"rights": [RIGHTS_NEEDED]})
    for song in unsaid:
        for column, said in attested_by(person).items():
            setattr(song, column, said)


def set_song_publication(song: Song, moment: datetime) -> None:
    """Set when a song is published and see to it that it is told then; inside `writing()`."""
    song.published_at = moment
    if moment > now():
        enqueue("catalog.announce_song", {"song_id": song.id, "at": moment.isoformat()}, run_after=moment)
    elif song.state == "ready":
        song_went_public(song.id, song.artist_id, song.album_id)


def set_album_publication(album: Album, moment: datetime) -> None:
    """Set when an album is published and see to it that it is told then; inside `writing()`."""
    album.published_at = moment
    if moment > now():
        enqueue("catalog.announce_album", {"album_id": album.id, "at": moment.isoformat()}, run_after=moment)
    else:
        album_went_public(album.id, album.artist_id)


def announce_song(song_id: int, at: datetime) -> None:
    """Tell that a song's set time has come, unless that was changed meanwhile; inside `writing()`."""
    song = session().get(Song, song_id)
    if song is not None and song.published_at == at and song.state == "ready" and song.deleted_at is None:
        song_went_public(song.id, song.artist_id, song.album_id)


def announce_album(album_id: int, at: datetime) -> None:
    """Tell that an album's set time has come, unless that was changed meanwhile; inside `writing()`."""
    album = session().get(Album, album_id)
    if album is not None and album.published_at == at and album.deleted_at is None:
        album_went_public(album.id, album.artist_id)


def songs_to_change(album: Album) -> list[Song]:
    """The songs of an album, locked in the order of their ids."""
    query = sa.select(Song).where(Song.album_id == album.id, Song.deleted_at.is_(None)).order_by(Song.id)
    return list(session().scalars(query.with_for_update(key_share=True)))
