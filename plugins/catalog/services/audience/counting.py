"""The job of an artist's numbers: count the days that wait, then the spans that are missing and may be asked for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.ledger import site_zone
from musicapp.spans import span_to
from plugins.auth import services as auth
from plugins.catalog.models import Artist, ArtistMember, ArtistSpan, Song, SongDay, WaitingDay
from plugins.catalog.services.audience.days import Stretch, count_stretch
from plugins.catalog.services.audience.hearing import SPANS, keep_span
from plugins.catalog.services.inserting import one_at_a_time

AT_ONCE = 500
MOST_PLAYS, MOST_DAYS = 20_000, 366
GAP = timedelta(days=7)
LATELY = timedelta(days=14)


def count_audiences(went_on: Callable[[int], None]) -> None:
    """Bring the numbers of all artists up to date; `went_on` hears how many days and artists are done."""
    count_spans(went_on, count_waiting_days(went_on))


def count_waiting_days(went_on: Callable[[int], None]) -> int:
    """Count every day that waits, once, however many plays come meanwhile; how many they were."""
    zone, done, after = site_zone(), 0, 0
    while artists := artists_waiting(after):
        for artist_id in artists:
            for stretch, days in stretches(artist_id):
                count(stretch, zone)
                done += days
                went_on(done)
        after = artists[-1]
    return done


def count_artists(artist_ids: Iterable[int]) -> None:
    """Count the days of these artists that wait, at once, for who needs every play that is in the ledger."""
    zone = site_zone()
    for artist_id in artist_ids:
        for stretch, _ in stretches(artist_id):
            count(stretch, zone)


def count(stretch: Stretch, zone: ZoneInfo) -> None:
    with writing():
        one_at_a_time(turns_of(stretch.artist_id))
        count_stretch(stretch, zone)


def artists_waiting(after: int) -> list[int]:
    """The next artists who have days that wait."""
    query = sa.select(WaitingDay.artist_id).where(WaitingDay.artist_id > after).distinct()
    return list(session().scalars(query.order_by(WaitingDay.artist_id).limit(AT_ONCE)))


def stretches(artist_id: int) -> list[tuple[Stretch, int]]:
    """The days of an artist that wait, in stretches with small gaps that hold few enough plays for one unit of work."""
    plays = sa.select(sa.func.coalesce(sa.func.sum(SongDay.plays), 0)).join(Song, Song.id == SongDay.song_id)
    plays = plays.where(Song.artist_id == artist_id, SongDay.day == WaitingDay.day)
    waiting = sa.select(WaitingDay.day, plays.correlate(WaitingDay).scalar_subquery())
    found: list[tuple[Stretch, int]] = []
    last, held = date.min, 0
    for day, more in session().execute(waiting.where(WaitingDay.artist_id == artist_id).order_by(WaitingDay.day)):
        stretch, days = found[-1] if found else (None, 0)
        if stretch and day - last <= GAP and held + more <= MOST_PLAYS and days < MOST_DAYS:
            found[-1], held = (replace(stretch, last=day), days + 1), held + more
        else:
            found.append((Stretch(artist_id, day, day), 1))
            held = more
        last = day
    return found


def count_spans(went_on: Callable[[int], None], done: int) -> None:
    """Count the usual spans of each artist that may be asked for soon, and are missing or of yesterday."""
    today, after = now().astimezone(site_zone()).date(), 0
    while artists := artists_behind(today, after):
        for artist_id in artists:
            for days in SPANS:
                with writing():
                    one_at_a_time(turns_of(artist_id))
                    keep_span(artist_id, span_to(today, days))
            done += 1
            went_on(done)
        after = artists[-1]


def artists_behind(today: date, after: int) -> list[int]:
    """The next artists who were heard, whose people were here lately, and whose last span is not that of today.

    The numbers of the others are counted when somebody asks for them.
    """
    counted = sa.exists().where(
        ArtistSpan.artist_id == Artist.id, ArtistSpan.days == SPANS[-1], ArtistSpan.last_on == today
    )
    here = ArtistMember.user_id.in_(auth.here_since(now() - LATELY))
    awaited = sa.exists().where(ArtistMember.artist_id == Artist.id, here)
    query = sa.select(Artist.id).where(Artist.id > after, Artist.plays > 0, awaited, ~counted)
    return list(session().scalars(query.order_by(Artist.id).limit(AT_ONCE)))


def turns_of(artist_id: int) -> str:
    return f"catalog.audience.{artist_id}"
