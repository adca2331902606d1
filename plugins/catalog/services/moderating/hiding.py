"""Hiding music from listeners and showing it again; who may decide so, the caller knows.

What is hidden, its artist and the staff still see. An album carries its songs along, an artist all of theirs; what
was hidden for itself stays so when they are shown again. Each verb may be called again for what is so already.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.plugins import emit
from plugins.catalog.events import SubjectHidden, SubjectShown
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.moderating.along import settle_albums, settle_songs
from plugins.catalog.services.moderating.finding import lock_artist_row, locked_for_decision


def hide_song(song_id: int) -> None:
    """Keep a song from all but its artist and the staff."""
    flag_song(song_id, flagged=True)


def show_song(song_id: int) -> None:
    """Let listeners have a song again that was hidden."""
    flag_song(song_id, flagged=False)


def hide_album(album_id: int) -> None:
    """Keep an album and its songs from all but their artist and the staff."""
    flag_album(album_id, flagged=True)


def show_album(album_id: int) -> None:
    """Let listeners have an album again that was hidden, and the songs that were hidden with it."""
    flag_album(album_id, flagged=False)


def hide_artist(artist_id: int) -> None:
    """Keep an artist and all their music from all but those who publish as them and the staff."""
    flag_artist(artist_id, flagged=True)


def show_artist(artist_id: int) -> None:
    """Let listeners have an artist again who was hidden, and the music that was hidden with them."""
    flag_artist(artist_id, flagged=False)


def flag_song(song_id: int, *, flagged: bool) -> None:
    with writing():
        song = locked_for_decision(Song, song_id)
        if (song.flagged_at is not None) == flagged:
            return
        put_flag(Song.flagged_at, Song.id == song_id, flagged)
        settle_songs(Song.id == song_id)
        tell("song", song_id, flagged)


def flag_album(album_id: int, *, flagged: bool) -> None:
    with writing():
        album = locked_for_decision(Album, album_id)
        if (album.flagged_at is not None) == flagged:
            return
        put_flag(Album.flagged_at, Album.id == album_id, flagged)
        settle_albums(Album.id == album_id)
        settle_songs(Song.album_id == album_id)
        tell("album", album_id, flagged)


def flag_artist(artist_id: int, *, flagged: bool) -> None:
    with writing() as unit:
        lock_artist_row(artist_id)
        hidden_at = unit.scalar(sa.select(Artist.hidden_at).where(Artist.id == artist_id))
        if (hidden_at is not None) == flagged:
            return
        put_flag(Artist.hidden_at, Artist.id == artist_id, flagged)
        settle_albums(Album.artist_id == artist_id)
        theirs = sa.select(Album.id).where(Album.artist_id == artist_id)
        settle_songs(sa.or_(Song.artist_id == artist_id, Song.album_id.in_(theirs)))
        tell("artist", artist_id, flagged)


def put_flag(column: InstrumentedAttribute[Any], which: sa.ColumnElement[bool], flagged: bool) -> None:
    """Set a flag or take it away, past the versions by which artists' own changes are told apart."""
    change = sa.update(column.class_).where(which).values({column: now() if flagged else None})
    session().execute(change, execution_options=UNSYNCED)


def tell(kind: str, subject_id: int, hidden: bool) -> None:
    """Say what became of it, and let what was read of it before be read anew."""
    session().expire_all()
    emit(SubjectHidden(kind, subject_id) if hidden else SubjectShown(kind, subject_id))
