"""Counting days of an artist from the ledger: the same whenever and however often it is done."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from musicapp.database import UNSYNCED, insert_for, session
from musicapp.days import within_days
from plugins.catalog.models import ArtistDay, ArtistListener, ArtistSpan, Play, Song, SongDay, WaitingDay
from plugins.catalog.services.audience.floor import Part, sign_of
from plugins.catalog.services.audience.ways import way_of

KEY = ["artist_id", "day"]


@dataclass
class Tally:
    """Who played what on a day, from where and in which hour; `completed` by song."""

    listeners: set[str] = field(default_factory=set)
    completed: Counter[int] = field(default_factory=Counter)
    sources: defaultdict[str, Part] = field(default_factory=lambda: defaultdict(Part))
    hours: defaultdict[str, Part] = field(default_factory=lambda: defaultdict(Part))


Tallies = Mapping[date, Tally]


@dataclass(frozen=True)
class Stretch:
    """Days of an artist that are counted together, both ends included."""

    artist_id: int
    first: date
    last: date

    def holds(self, table: Any) -> sa.ColumnElement[bool]:
        """Whether a row of a table by artist and day belongs to these."""
        return sa.and_(table.artist_id == self.artist_id, table.day.between(self.first, self.last))


def count_stretch(days: Stretch, zone: ZoneInfo) -> None:
    """Replace what is kept of these days by what the ledger says now, inside `writing()`.

    The notes that the days wait go first: who writes plays of them meanwhile waits, and notes them again. What was
    counted for spans goes too, so that nobody sees days and spans that do not agree.
    """
    session().execute(sa.delete(WaitingDay).where(days.holds(WaitingDay)).execution_options(**UNSYNCED))
    spans = sa.delete(ArtistSpan).where(ArtistSpan.artist_id == days.artist_id)
    session().execute(spans.execution_options(**UNSYNCED))
    tallies = tallies_of(days, zone)
    keep_listeners(days, {(day, key) for day, tally in tallies.items() for key in tally.listeners})
    keep_sums(days, keep_completed(days, tallies), tallies)


def tallies_of(days: Stretch, zone: ZoneInfo) -> Tallies:
    """What the ledger holds of each day, as far as it counts."""
    songs = sa.select(Song.id).where(Song.artist_id == days.artist_id)
    plays = sa.select(Play.song_id, Play.listener_key, Play.source, Play.started_at, Play.completed).where(
        Play.song_id.in_(songs), within_days(Play.started_at, days.first, days.last), Play.counted
    )
    tallies: defaultdict[date, Tally] = defaultdict(Tally)
    for song_id, listener_key, source, started_at, completed in session().execute(plays):
        there = started_at.astimezone(zone)
        tally, sign = tallies[there.date()], (sign_of(listener_key),)
        tally.listeners.add(listener_key)
        tally.completed[song_id] += completed
        tally.sources[way_of(source)].add(1, sign)
        tally.hours[str(there.hour)].add(1, sign)
    return tallies


def keep_completed(days: Stretch, tallies: Tallies) -> dict[date, tuple[int, int]]:
    """Write to the songs' days how many plays were heard to the end; plays and ms of all songs by day."""
    mine = sa.select(SongDay.song_id, SongDay.day, SongDay.plays, SongDay.heard_ms, SongDay.completed)
    mine = mine.join(Song, Song.id == SongDay.song_id).where(Song.artist_id == days.artist_id)
    mine = mine.where(SongDay.day.between(days.first, days.last)).order_by(SongDay.song_id, SongDay.day)
    sums: dict[date, tuple[int, int]] = {}
    changed = []
    for song_id, day, plays, heard_ms, completed in session().execute(mine):
        so_far = sums.get(day, (0, 0))
        sums[day] = so_far[0] + plays, so_far[1] + heard_ms
        counted = tallies[day].completed[song_id] if day in tallies else 0
        if counted != completed:
            changed.append({"song_id": song_id, "day": day, "completed": counted})
    if changed:
        session().execute(sa.update(SongDay), changed)
    return sums


def keep_listeners(days: Stretch, listeners: set[tuple[date, str]]) -> None:
    """Let exactly these stand as listeners of the days."""
    standing = sa.select(ArtistListener.day, ArtistListener.listener_key).where(days.holds(ArtistListener))
    there = {(day, key) for day, key in session().execute(standing)}
    for day, key in sorted(there - listeners):
        gone = (ArtistListener.artist_id == days.artist_id, ArtistListener.day == day)
        who = sa.delete(ArtistListener).where(*gone, ArtistListener.listener_key == key)
        session().execute(who.execution_options(**UNSYNCED))
    new = [{"artist_id": days.artist_id, "day": day, "listener_key": key} for day, key in sorted(listeners - there)]
    if new:
        session().execute(insert_for(ArtistListener).on_conflict_do_nothing(), new)


def keep_sums(days: Stretch, sums: Mapping[date, tuple[int, int]], tallies: Tallies) -> None:
    """Keep the sums of each day on which anything was heard; the other days have none."""
    nothing = Tally()
    rows = [
        {
            "artist_id": days.artist_id,
            "day": day,
            "plays": plays,
            "heard_ms": heard_ms,
            "sources": stored(tallies.get(day, nothing).sources),
            "hours": stored(tallies.get(day, nothing).hours),
        }
        for day, (plays, heard_ms) in sorted(sums.items())
    ]
    empty = sa.delete(ArtistDay).where(days.holds(ArtistDay), ArtistDay.day.not_in(list(sums)))
    session().execute(empty.execution_options(**UNSYNCED))
    if rows:
        new = insert_for(ArtistDay)
        changed = {name: new.excluded[name] for name in ("plays", "heard_ms", "sources", "hours")}
        session().execute(new.on_conflict_do_update(index_elements=KEY, set_=changed), rows)


def stored(parts: Mapping[str, Part]) -> dict[str, Any]:
    return {name: part.stored() for name, part in sorted(parts.items())}
