"""Where a listener stopped, kept for their other devices: the queue, the place in it, and who wrote last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session, writing
from plugins.catalog.models import PlayerState
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SongRow
from plugins.catalog.services.songs import song_rows

MOST_SONGS = 1_000


@dataclass(frozen=True)
class Stop:
    """Where a player stands: `place` is the index in `song_ids`, `device` a name that the browser gave itself."""

    song_ids: Sequence[int]
    place: int
    position_s: float
    origin: str
    source: str
    repeat: str
    shuffled: bool
    device: str


@dataclass(frozen=True)
class LeftOff:
    """Where a listener stopped, with those songs that they may still hear; `revision` counts what was written."""

    songs: list[SongRow]
    stop: Stop
    revision: int
    updated_at: datetime


def where_left_off(person: Person) -> LeftOff | None:
    """Where somebody stopped on whichever device they heard last; None when they never did.

    When the song that played is gone, the one after it takes its place, from its beginning.
    """
    query = sa.select(PlayerState).where(PlayerState.user_id == person.id)
    state = session().scalars(query.execution_options(populate_existing=True)).one_or_none()
    if state is None:
        return None
    heard = song_rows(person, state.song_ids)
    songs = [heard[song_id] for song_id in state.song_ids if song_id in heard]
    place = sum(song_id in heard for song_id in state.song_ids[: state.place])
    plays_still = state.place < len(state.song_ids) and state.song_ids[state.place] in heard
    stop = Stop(
        song_ids=[song.id for song in songs],
        place=min(place, max(0, len(songs) - 1)),
        position_s=state.position_s if plays_still else 0.0,
        origin=state.origin,
        source=state.source,
        repeat=state.repeat,
        shuffled=state.shuffled,
        device=state.device,
    )
    return LeftOff(songs, stop, state.revision, state.updated_at)


def keep_stop(person: Person, stop: Stop, revision: int) -> int | None:
    """Keep where somebody stopped and answer the new revision; None when it stands at another than `revision`.

    `revision` is what the device read or wrote last, 0 when there was nothing yet: of two devices that write at once,
    one wins and the other is told.
    """
    values = {**vars(stop), "song_ids": list(stop.song_ids), "updated_at": now()}
    with writing():
        if revision == 0:
            row = insert_for(PlayerState).values(user_id=person.id, revision=1, **values)
            kept = session().execute(row.on_conflict_do_nothing().returning(PlayerState.revision)).scalar()
        else:
            row = sa.update(PlayerState).where(PlayerState.user_id == person.id, PlayerState.revision == revision)
            changed = row.values(revision=revision + 1, **values).returning(PlayerState.revision)
            kept = session().execute(changed.execution_options(**UNSYNCED)).scalar()
    return kept
