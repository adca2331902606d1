"""Counting anew which songs go together, and keeping it, bit by bit so that nobody waits for it."""

from collections.abc import Callable, Iterable, Sequence

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session, writing
from plugins.catalog.models import NearSong, Song
from plugins.catalog.services.nearness.gathering import what_was_heard
from plugins.catalog.services.nearness.scoring import neighbours

SONGS_AT_ONCE = 100
LOOKED_THROUGH = 1_000
Near = dict[int, list[tuple[int, float]]]


def keep_near_songs(went_on: Callable[[int, int], None]) -> None:
    """Count which songs go together, and replace what is kept; `went_on` hears how many songs are done, of how many.

    What nobody hears any more goes, and so does what is left of a history that was deleted.
    """
    heard = what_was_heard()
    songs = sorted(heard.listeners_of)
    for at in range(0, len(songs), SONGS_AT_ONCE):
        batch = songs[at : at + SONGS_AT_ONCE]
        replace({song_id: neighbours(song_id, heard) for song_id in batch})
        went_on(at + len(batch), len(songs))
    forget_all_but(heard.listeners_of.keys())


def replace(near: Near) -> None:
    """Keep these neighbours in place of those that stood there; songs that were removed meanwhile are left out."""
    named = {*near, *(other for found in near.values() for other, _ in found)}
    with writing() as unit:
        still_there = sa.select(Song.id).where(Song.id.in_(named)).order_by(Song.id)
        there = set(unit.scalars(still_there.with_for_update(read=True, key_share=True)))
        delete_of(list(near))
        rows = [
            {"song_id": song_id, "other_id": other, "score": score}
            for song_id, found in near.items()
            for other, score in found
            if song_id in there and other in there
        ]
        if rows:
            unit.execute(sa.insert(NearSong), rows)


def forget_all_but(song_ids: Iterable[int]) -> None:
    """Remove the neighbours of all other songs."""
    known, after = set(song_ids), 0
    while True:
        query = sa.select(NearSong.song_id).where(NearSong.song_id > after).distinct().order_by(NearSong.song_id)
        found = session().scalars(query.limit(LOOKED_THROUGH)).all()
        if not found:
            return
        after = found[-1]
        if gone := [song_id for song_id in found if song_id not in known]:
            with writing():
                delete_of(gone)


def delete_of(song_ids: Sequence[int]) -> None:
    """Delete the neighbours of some songs, inside `writing()`."""
    rows = sa.delete(NearSong).where(NearSong.song_id.in_(song_ids))
    session().execute(rows.execution_options(**UNSYNCED))
