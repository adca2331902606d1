"""Which days of artists are to be counted anew: noted in the unit of work that changes their plays, so none is missed.

A note's row is locked by who writes it and taken away by who counts, so that what is written meanwhile is noted again.
Who changes plays notes their days first, before counters and songs, so that nobody waits in a circle.
"""

from collections.abc import Collection, Iterable
from datetime import date

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import insert_for, session
from plugins.catalog.models import Song, SongDay, WaitingDay

NOTES_AT_ONCE = 200


def note_days(artist_days: Iterable[tuple[int, date]]) -> None:
    """Have these days of artists counted anew, inside `writing()`."""
    since = now()
    rows = [{"artist_id": artist_id, "day": day, "since": since} for artist_id, day in sorted(set(artist_days))]
    for first in range(0, len(rows), NOTES_AT_ONCE):
        row = insert_for(WaitingDay).values(rows[first : first + NOTES_AT_ONCE])
        locked = row.on_conflict_do_update(index_elements=["artist_id", "day"], set_={"since": WaitingDay.since})
        session().execute(locked)


def note_song_days(song_days: Collection[tuple[int, date]]) -> None:
    """Have the days of the artists of these songs counted anew, inside `writing()`."""
    songs = sa.select(Song.id, Song.artist_id).where(Song.id.in_({song_id for song_id, _ in song_days}))
    artist_of = dict(session().execute(songs).all())
    note_days((artist_of[song_id], day) for song_id, day in song_days if song_id in artist_of)


def note_songs(song_ids: Collection[int]) -> None:
    """Have all days of these songs counted anew, inside `writing()`, before they are removed."""
    days = sa.select(Song.artist_id, SongDay.day).join(SongDay, SongDay.song_id == Song.id)
    note_days((artist_id, day) for artist_id, day in session().execute(days.where(Song.id.in_(song_ids)).distinct()))
