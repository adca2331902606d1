"""Counting a day of an artist from the ledger: the same whenever and however often it is done."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from musicapp.database import insert_for, session
from musicapp.jobs.schedule import moment_of
from plugins.catalog.models import ArtistDay, ArtistListener, ArtistSpan, Play, Song, SongDay, WaitingDay
from plugins.catalog.services.audience.floor import Part, sign_of
from plugins.catalog.services.audience.ways import way_of

ROWS_AT_ONCE = 1_000
UNSYNCED = {"synchronize_session": False}


@dataclass
class Tally:
    """Who played what on a day, from where and in which hour; `completed` by song."""

    listeners: set[str] = field(default_factory=set)
    completed: Counter[int] = field(default_factory=Counter)
    sources: defaultdict[str, Part] = field(default_factory=lambda: defaultdict(Part))
    hours: defaultdict[str, Part] = field(default_factory=lambda: defaultdict(Part))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins on a clock."""
    return moment_of(day, time(), zone)


def count_day(artist_id: int, day: date, zone: ZoneInfo) -> None:
    """Replace what is kept of a day of an artist by what the ledger says now, inside `writing()`.

    The note that the day waits goes first: who writes plays of it meanwhile waits, and notes it again. What was counted
    for spans goes too, so that nobody sees days and spans that do not agree.
    """
    noted = sa.and_(WaitingDay.artist_id == artist_id, WaitingDay.day == day)
    session().execute(sa.delete(WaitingDay).where(noted).execution_options(**UNSYNCED))
    session().execute(sa.delete(ArtistSpan).where(ArtistSpan.artist_id == artist_id).execution_options(**UNSYNCED))
    tally = tally_of(artist_id, day, zone)
    plays, heard_ms = keep_completed(artist_id, day, tally)
    keep_listeners(artist_id, day, tally.listeners)
    kept = sa.and_(ArtistDay.artist_id == artist_id, ArtistDay.day == day)
    if not plays and not heard_ms:
        session().execute(sa.delete(ArtistDay).where(kept).execution_options(**UNSYNCED))
        return
    sums = {"plays": plays, "heard_ms": heard_ms, "sources": stored(tally.sources), "hours": stored(tally.hours)}
    row = insert_for(ArtistDay).values(artist_id=artist_id, day=day, **sums)
    session().execute(row.on_conflict_do_update(index_elements=["artist_id", "day"], set_=sums))


def tally_of(artist_id: int, day: date, zone: ZoneInfo) -> Tally:
    """What the ledger holds of a day, as far as it counts."""
    songs = sa.select(Song.id).where(Song.artist_id == artist_id)
    begins, ends = midnight(day, zone), midnight(day + timedelta(days=1), zone)
    plays = sa.select(Play.song_id, Play.listener_key, Play.source, Play.started_at, Play.completed).where(
        Play.song_id.in_(songs), Play.started_at >= begins, Play.started_at < ends, Play.counted
    )
    tally = Tally()
    for song_id, listener_key, source, started_at, completed in session().execute(plays):
        tally.listeners.add(listener_key)
        tally.completed[song_id] += completed
        sign = (sign_of(listener_key),)
        tally.sources[way_of(source)].add(1, sign)
        tally.hours[str(started_at.astimezone(zone).hour)].add(1, sign)
    return tally


def keep_completed(artist_id: int, day: date, tally: Tally) -> tuple[int, int]:
    """Write to the songs' days how many plays were heard to the end; plays and ms of all of them."""
    mine = sa.and_(SongDay.song_id == Song.id, SongDay.day == day)
    days = sa.select(SongDay.song_id, SongDay.plays, SongDay.heard_ms, SongDay.completed).join(Song, mine)
    rows = session().execute(days.where(Song.artist_id == artist_id).order_by(SongDay.song_id)).all()
    for song_id, _, _, completed in rows:
        if completed != tally.completed[song_id]:
            changed = sa.update(SongDay).where(SongDay.song_id == song_id, SongDay.day == day)
            session().execute(changed.values(completed=tally.completed[song_id]).execution_options(**UNSYNCED))
    return sum(row.plays for row in rows), sum(row.heard_ms for row in rows)


def keep_listeners(artist_id: int, day: date, listeners: set[str]) -> None:
    """Let exactly these stand as listeners of the day."""
    that_day = sa.and_(ArtistListener.artist_id == artist_id, ArtistListener.day == day)
    there = set(session().scalars(sa.select(ArtistListener.listener_key).where(that_day)))
    gone, new = sorted(there - listeners), sorted(listeners - there)
    for first in range(0, len(gone), ROWS_AT_ONCE):
        some = ArtistListener.listener_key.in_(gone[first : first + ROWS_AT_ONCE])
        session().execute(sa.delete(ArtistListener).where(that_day, some).execution_options(**UNSYNCED))
    for first in range(0, len(new), ROWS_AT_ONCE):
        rows = [{"artist_id": artist_id, "day": day, "listener_key": key} for key in new[first : first + ROWS_AT_ONCE]]
        session().execute(insert_for(ArtistListener).values(rows).on_conflict_do_nothing())


def stored(parts: dict[str, Part]) -> dict[str, Any]:
    return {name: part.stored() for name, part in sorted(parts.items())}
