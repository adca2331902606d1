"""Songs of new files, many in one statement; inside `writing()`."""

from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import insert_for, session
from musicapp.plugins import emit
from plugins.catalog.events import SongReady, SongUploaded
from plugins.catalog.models import Song
from plugins.catalog.services.folders.arriving import Arrival
from plugins.catalog.services.folders.kept import Kept
from plugins.catalog.services.folders.looking import Look
from plugins.catalog.services.folders.words import file_values, is_ready, words_hash, words_of
from plugins.catalog.services.going_public import song_went_public
from plugins.catalog.services.moderating.along import IS_NOT_TAKEN_ANEW, settle_songs

IS_HERE = sa.and_(Song.deleted_at.is_(None), Song.state != "unreadable")
Sound = tuple[int, str]  # an artist's id and the hash of a file: what is there once


def make_songs(look: Look, kept: Kept, arrivals: list[Arrival], published_at: datetime | None) -> None:
    """Make the songs of new files; for the same file twice, or one that the artist has here, there is one song, and
    none for a file that moderators removed, or hid until its song was deleted."""
    first: dict[Sound, Arrival] = {}
    for arrival in arrivals:
        first.setdefault(arrival.sound, arrival)
    removed = songs_with(list(first), IS_NOT_TAKEN_ANEW)
    made = insert_songs([arrival for sound, arrival in first.items() if sound not in removed], published_at)
    here = removed | made | songs_with([sound for sound in first if sound not in made])
    for arrival in arrivals:
        kept.note(arrival.suspect, here.get(arrival.sound), words_hash(words_of(arrival)))
        if arrival.sound in made and first[arrival.sound] is arrival:
            look.count("new")
            tell(made[arrival.sound], arrival, published_at)
        else:
            kept.useless.append(arrival.taken.key)
            note_same(look, arrival, here.get(arrival.sound))
    kept.to_finish += made.values()


def insert_songs(arrivals: list[Arrival], published_at: datetime | None) -> dict[Sound, int]:
    """The ids of the songs that were not there yet."""
    if not arrivals:
        return {}
    at = now()
    rows = [{**words_of(one), **file_values(one), "published_at": published_at, "created_at": at} for one in arrivals]
    made = insert_for(Song.__table__).on_conflict_do_nothing().returning(Song.id, Song.artist_id, Song.audio_sha256)
    ids = {(artist_id, sha256): song_id for song_id, artist_id, sha256 in session().execute(made, rows)}
    settle_songs(Song.id.in_(ids.values()))
    return ids


def songs_with(sounds: list[Sound], which: sa.ColumnElement[bool] = IS_HERE) -> dict[Sound, int]:
    """The ids of the songs that artists have here already of these files, or of those `which` are meant instead."""
    if not sounds:
        return {}
    query = sa.select(Song.id, Song.artist_id, Song.audio_sha256).where(
        Song.artist_id.in_({artist_id for artist_id, _ in sounds}),
        Song.audio_sha256.in_({sha256 for _, sha256 in sounds}),
        which,
    )
    return {(artist_id, sha256): song_id for song_id, artist_id, sha256 in session().execute(query)}


def note_same(look: Look, arrival: Arrival, song_id: int | None) -> None:
    """Say that a file is one that is here already."""
    look.count_noted("same", arrival.suspect.file.path, f"This very file is here already, as song {song_id}.")


def tell(song_id: int, arrival: Arrival, published_at: datetime | None) -> None:
    """Tell of a new song as of an upload that is done at once."""
    emit(SongUploaded(song_id, arrival.artist_id, None))
    if is_ready(arrival.facts):
        emit(SongReady(song_id, arrival.artist_id))
        if published_at is not None:
            song_went_public(song_id, arrival.artist_id, arrival.album_id)
