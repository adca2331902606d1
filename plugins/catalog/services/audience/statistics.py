"""The numbers of an artist over a span beside the one before, for the studio, the API and the monthly report."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.days import first_moment
from musicapp.errors import NotFound
from musicapp.spans import Span, span_to
from plugins.catalog.models import Album, Artist, ArtistDay, ArtistSpan, Song, WaitingDay
from plugins.catalog.services.artists import NOT_HERE
from plugins.catalog.services.audience.floor import FLOOR
from plugins.catalog.services.audience.hearing import Hearing, hearing_of, is_small
from plugins.catalog.services.audience.marks import Marks, marks_of
from plugins.catalog.services.audience.releases import Release, releases_between
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.visibility import is_theirs
from plugins.catalog.services.words import known_id

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class TopSong:
    """A song of the artist with its plays; `completed_percent` were heard to the end, None for too few to tell."""

    id: int
    title: str
    tint: str
    cover_id: int | None
    plays: int
    plays_before: int
    completed_percent: int | None


@dataclass(frozen=True)
class ArtistStatistics:
    """Who hears an artist. Days without plays are 0 in `series`, one number for each day of the span.

    `listeners` is None where there are fewer than the floor: then nothing is broken down, and `is_small` says so. `new`
    and `returning` are None too where they alone are too few. `nameless` of the listeners keep no history and are
    neither. All that happened until `counted_until` is in the numbers.
    """

    artist_id: int
    name: str
    tint: str
    span: Span
    counted_until: datetime
    series: list[int]
    series_before: list[int]
    listeners: int | None
    listeners_before: int | None
    new: int | None
    returning: int | None
    nameless: int | None
    marks: Marks
    marks_before: Marks
    songs: list[TopSong]
    sources: dict[str, int]
    other_plays: int
    hours: list[list[int | None]]
    releases: list[Release]
    is_small: bool

    @property
    def plays(self) -> int:
        return sum(self.series)

    @property
    def plays_before(self) -> int:
        return sum(self.series_before)

    @property
    def days(self) -> list[date]:
        """The days of the span, as `series` has them."""
        return [self.span.first + n * A_DAY for n in range(self.span.days)]

    def plays_on(self, day: date) -> int:
        """The plays of a day of the span."""
        return self.series[(day - self.span.first).days]


def artist_statistics(person: Person, artist_id: int, span: Span) -> ArtistStatistics:
    """The numbers of an artist over a span, for those who publish as them; NotFound for everybody else.

    It reads sums alone: as many statements, and as many rows, whatever the ledger holds.
    """
    theirs = sa.true() if manages(person) else is_theirs(person, Artist.id)
    found = statistics_where(sa.and_(Artist.id == known_id(artist_id, NOT_HERE), theirs), span)
    if found is None:
        raise NotFound(NOT_HERE)
    return found


def statistics_where(chosen: sa.ColumnElement[bool], span: Span) -> ArtistStatistics | None:
    """The numbers of the artist that is chosen, whoever asks; None where there is no such artist."""
    artist = artist_and_span(chosen, span)
    if artist is None:
        return None
    is_usual = artist.found is not None and span == span_to(span.last, span.days)
    hearing = Hearing(**artist.found) if is_usual else hearing_of(artist.id, span)
    begins, ends = first_moment(span.first), first_moment(span.last + A_DAY)
    marks, marks_before = marks_of(artist.id, (begins, ends), (first_moment(span.before_first), begins))
    plays = plays_by_day(artist.id, span)
    small = is_small(hearing.listeners, hearing.nameless)
    new, returning = told_apart(hearing, small)
    return ArtistStatistics(
        artist_id=artist.id,
        name=artist.name,
        tint=artist.tint,
        span=span,
        counted_until=artist.since or now(),
        series=series_of(plays, span.first, span.last),
        series_before=series_of(plays, span.before_first, span.before_last),
        listeners=shown(hearing.listeners, small),
        listeners_before=shown(hearing.listeners_before, is_small(hearing.listeners_before, hearing.nameless_before)),
        new=new,
        returning=returning,
        nameless=None if small else hearing.nameless,
        marks=marks,
        marks_before=marks_before,
        songs=top_songs(hearing, small),
        sources={} if small else hearing.sources,
        other_plays=0 if small else hearing.other_plays,
        hours=[] if small else hearing.hours,
        releases=releases_between(artist.id, begins, ends),
        is_small=small,
    )


def series_of(plays: dict[date, int], first: date, last: date) -> list[int]:
    return [plays.get(first + n * A_DAY, 0) for n in range((last - first).days + 1)]


def told_apart(hearing: Hearing, small: bool) -> tuple[int | None, int | None]:
    """New and returning listeners; both None where either are some, but fewer than the floor."""
    new, returning = hearing.listeners - hearing.nameless - hearing.returning, hearing.returning
    return (None, None) if small or 0 < new < FLOOR or 0 < returning < FLOOR else (new, returning)


def shown(listeners: int, small: bool) -> int | None:
    """A number of listeners; None when there are some, but fewer than the floor."""
    return None if small and listeners else listeners


def artist_and_span(chosen: sa.ColumnElement[bool], span: Span) -> sa.Row[Any] | None:
    """An artist, what was counted for the span if it was, and since when a day of the artist waits to be counted."""
    kept = sa.and_(ArtistSpan.artist_id == Artist.id, ArtistSpan.days == span.days, ArtistSpan.last_on == span.last)
    waiting = sa.select(sa.func.min(WaitingDay.since)).where(WaitingDay.artist_id == Artist.id).scalar_subquery()
    query = sa.select(Artist.id, Artist.name, Artist.tint, ArtistSpan.found, waiting.label("since"))
    return session().execute(query.outerjoin(ArtistSpan, kept).where(chosen)).one_or_none()


def plays_by_day(artist_id: int, span: Span) -> dict[date, int]:
    """The plays of both spans by day, as far as there are any."""
    days = sa.select(ArtistDay.day, ArtistDay.plays).where(
        ArtistDay.artist_id == artist_id, ArtistDay.day.between(span.before_first, span.last)
    )
    return dict(session().execute(days).all())


def top_songs(hearing: Hearing, small: bool) -> list[TopSong]:
    """The songs of a hearing as they are called now; what was deleted since is left out."""
    own_look = sa.or_(Song.cover_id.is_not(None), Song.tint_is_chosen)
    tint = sa.func.coalesce(sa.case((own_look, Song.tint), else_=Album.tint), Song.tint).label("shown_tint")
    cover_id = sa.func.coalesce(Song.cover_id, Album.cover_id).label("shown_cover_id")
    named = sa.select(Song.id, Song.title, tint, cover_id).outerjoin(Album, Album.id == Song.album_id)
    named = named.where(Song.id.in_([song[0] for song in hearing.songs]), Song.deleted_at.is_(None))
    known = {row.id: row for row in session().execute(named)}
    return [
        TopSong(
            id=song_id,
            title=known[song_id].title,
            tint=known[song_id].shown_tint,
            cover_id=known[song_id].shown_cover_id,
            plays=plays,
            plays_before=before,
            completed_percent=completed_percent(completed, plays, small),
        )
        for song_id, plays, completed, before in hearing.songs
        if song_id in known
    ]


def completed_percent(completed: int, plays: int, small: bool) -> int | None:
    return None if small or plays < FLOOR else min(100, round(100 * completed / plays))
