"""What was heard: reports of plays become the ledger, the counters, and the sums by day and by listener."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.plugins import emit
from plugins.catalog.events import SongPlayed
from plugins.catalog.models import Play, Song
from plugins.catalog.services.counters import Known, More, add_more, raise_counters
from plugins.catalog.services.history.hours import Hour, hour_of, local_day, raise_hours
from plugins.catalog.services.history.keeping import is_kept
from plugins.catalog.services.history.names import OLDEST, Names, day_of, made_names, nameless_names, take_turns
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import visible_songs

ENOUGH_MS = 30_000
LONGEST = timedelta(hours=12)
CLOCK_SKEW = timedelta(minutes=2)
A_MS = timedelta(milliseconds=1)
Key = tuple[int, datetime]


@dataclass(frozen=True)
class Heard:
    """One report: how many ms of a song were heard since it was started, from which part of the site."""

    song_id: int
    started_at: datetime
    heard_ms: int
    completed: bool
    source: str


@dataclass(frozen=True)
class Ear:
    """Who hears: a person, or a visitor by a browser session that began at `since`."""

    key: str
    person: Person | None
    since: datetime | None = None


@dataclass(frozen=True)
class Kept:
    """What became of a batch: reports that stand in the ledger, and songs that count once more for it."""

    plays: int
    counted: int


def record_plays(ear: Ear, reports: Sequence[Heard]) -> Kept:
    """Write down what somebody heard; the same report twice changes nothing, a longer one lengthens its play.

    What who keeps no history hears counts for the music all the same, under a name that leads nowhere.
    A play counts once, as soon as 30 s or half the song were heard. Nobody hears longer than time has passed, nor two
    songs in the same second; songs that they may not hear, and plays from the future or long ago, are passed over.
    """
    at = now()
    reports = merged([report for report in reports if believable(report, ear, at)])
    known = songs_heard(ear.person, {report.song_id for report in reports})
    reports = [report for report in reports if report.song_id in known]
    if not reports:
        return Kept(0, 0)
    with writing():
        take_turns(ear.key)
        names = names_of(ear, reports)
        before = plays_since(names, reports[0].started_at - LONGEST)
        kept = within_time(reports, before, at)
        counted = write_plays(names, kept, before, known)
    return Kept(len(kept), counted)


def believable(report: Heard, ear: Ear, at: datetime) -> bool:
    """Whether a play can have begun then: not ahead, not long ago, and not before a visitor came."""
    earliest = max(at - OLDEST, ear.since - CLOCK_SKEW) if ear.since else at - OLDEST
    return earliest <= report.started_at <= at + CLOCK_SKEW and 0 < report.heard_ms <= LONGEST // A_MS


def merged(reports: Iterable[Heard]) -> list[Heard]:
    """The longest report of each play, in the order of their starts."""
    longest: dict[Key, Heard] = {}
    for report in reports:
        key = (report.song_id, report.started_at)
        if key not in longest or longest[key].heard_ms < report.heard_ms:
            longest[key] = report
    return sorted(longest.values(), key=lambda report: (report.started_at, report.song_id))


def songs_heard(person: Person | None, song_ids: set[int]) -> dict[int, Known]:
    """Those of these songs that somebody may hear, with how much of each is enough to count."""
    songs = visible_songs(person).where(Song.id.in_(song_ids))
    return {
        song_id: Known(artist_id, album_id, min(ENOUGH_MS, round((duration_s or 0) * 500)))
        for song_id, artist_id, album_id, duration_s in session().execute(
            songs.with_only_columns(Song.id, Song.artist_id, Song.album_id, Song.duration_s)
        )
    }


def names_of(ear: Ear, reports: Sequence[Heard]) -> Names:
    """The names under which what somebody heard around these reports stands in the ledger, or will."""
    if ear.person is None:
        return Names(ear.key, None)
    days = [day_of(report.started_at) for report in reports]
    kept = is_kept(ear.person.id)
    made = {} if kept else made_names(ear.person.id, days)
    known = nameless_names(ear.person.id, day_of(reports[0].started_at - LONGEST), days[-1])
    return Names(ear.key, ear.person.id, kept, made | known)


def plays_since(names: Names, since: datetime) -> dict[Key, Play]:
    """The plays of this listener that stand in the ledger already."""
    query = sa.select(Play).where(Play.listener_key.in_(names.all), Play.started_at >= since)
    return {(play.song_id, play.started_at): play for play in session().scalars(query)}


def within_time(reports: Sequence[Heard], before: dict[Key, Play], at: datetime) -> list[Heard]:
    """The reports cut to what can be true: from its start to now, less what was heard of other songs since then."""
    heard = {key: play.heard_ms for key, play in before.items()}
    kept = []
    for report in reports:
        key = (report.song_id, report.started_at)
        passed_ms = max(0, (at - report.started_at) // A_MS)
        others = [(start, ms) for (song, start), ms in heard.items() if (song, start) != key]
        others_ms = sum(overlap_ms(start, ms, report.started_at) for start, ms in others)
        possible_ms = min(report.heard_ms, max(0, passed_ms - others_ms))
        if possible_ms > 0:
            kept.append(replace(report, heard_ms=possible_ms))
            heard[key] = max(heard.get(key, 0), possible_ms)
    return kept


def overlap_ms(start: datetime, heard_ms: int, since: datetime) -> int:
    """How much of a play was heard after `since`, at the least."""
    return max(0, heard_ms - max(0, (since - start) // A_MS))


def write_plays(names: Names, reports: Sequence[Heard], before: dict[Key, Play], known: dict[int, Known]) -> int:
    """Insert the new plays, lengthen those that stand, and carry the difference to counters, days and hours."""
    gains: dict[tuple[int, date], More] = {}
    hours: dict[Hour, More] = {}
    counted = 0
    for report in reports:
        play = before.get((report.song_id, report.started_at))
        more_ms = report.heard_ms - (play.heard_ms if play else 0)
        counts = report.heard_ms >= known[report.song_id].enough_ms and not (play and play.counted)
        if play is None:
            play = new_play(names, report, counts)
            session().add(play)
        elif more_ms > 0 or (report.completed and not play.completed):
            play.heard_ms = max(play.heard_ms, report.heard_ms)
            play.completed = play.completed or report.completed
            play.counted = play.counted or counts
        more = More(int(counts), max(0, more_ms))
        add_more(gains, (report.song_id, local_day(report.started_at)), more)
        if play.listener_id is not None and play.day is not None and play.hour is not None:
            add_more(hours, (play.day, play.hour, play.song_id), more)
        if counts:
            counted += 1
            emit(played(play, report, known[report.song_id]))
    raise_counters(gains, known)
    if names.listener_id is not None:
        raise_hours(names.listener_id, hours)
    return counted


def new_play(names: Names, report: Heard, counts: bool) -> Play:
    key, listener_id = names.of_new(report.started_at)
    day, hour = hour_of(report.started_at) if listener_id is not None else (None, None)
    return Play(
        listener_key=key,
        listener_id=listener_id,
        song_id=report.song_id,
        started_at=report.started_at,
        heard_ms=report.heard_ms,
        completed=report.completed,
        source=report.source,
        counted=counts,
        day=day,
        hour=hour,
    )


def played(play: Play, report: Heard, known: Known) -> SongPlayed:
    return SongPlayed(
        report.song_id, known.artist_id, play.listener_id, report.started_at, report.heard_ms, report.source
    )
