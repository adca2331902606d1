"""The job of an artist's numbers: count the days that wait, then the spans that are missing or of yesterday."""

from collections.abc import Callable, Collection
from datetime import date

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.ledger import site_zone
from musicapp.spans import span_to
from plugins.catalog.models import Artist, ArtistSpan, WaitingDay
from plugins.catalog.services.audience.days import count_day
from plugins.catalog.services.audience.hearing import SPANS, keep_span
from plugins.catalog.services.inserting import one_at_a_time

AT_ONCE = 500


def count_audiences(went_on: Callable[[int], None]) -> None:
    """Bring the numbers of all artists up to date; `went_on` hears how many days and artists are done."""
    count_spans(went_on, count_waiting_days(went_on))


def count_waiting_days(went_on: Callable[[int], None]) -> int:
    """Count every day that waits, once, however many plays come meanwhile; how many they were."""
    zone, done = site_zone(), 0
    after: tuple[int, date] = (0, date.min)
    while waiting := waiting_days(after):
        for artist_id, day in waiting:
            with writing():
                one_at_a_time(turns_of(artist_id))
                count_day(artist_id, day, zone)
            done += 1
            went_on(done)
        after = waiting[-1]
    return done


def count_artists(artist_ids: Collection[int]) -> None:
    """Count the days of these artists that wait, at once, for who needs every play that is in the ledger."""
    zone = site_zone()
    query = sa.select(WaitingDay.artist_id, WaitingDay.day).where(WaitingDay.artist_id.in_(artist_ids))
    for artist_id, day in session().execute(query.order_by(WaitingDay.artist_id, WaitingDay.day)).all():
        with writing():
            one_at_a_time(turns_of(artist_id))
            count_day(artist_id, day, zone)


def waiting_days(after: tuple[int, date]) -> list[tuple[int, date]]:
    """The next days that wait, by artist."""
    artist_id, day = after
    later = sa.or_(WaitingDay.artist_id > artist_id, sa.and_(WaitingDay.artist_id == artist_id, WaitingDay.day > day))
    query = sa.select(WaitingDay.artist_id, WaitingDay.day).where(WaitingDay.artist_id >= artist_id, later)
    rows = session().execute(query.order_by(WaitingDay.artist_id, WaitingDay.day).limit(AT_ONCE))
    return [(artist_id, day) for artist_id, day in rows]


def count_spans(went_on: Callable[[int], None], done: int) -> None:
    """Count the usual spans of each artist whose plays changed, or whose spans ended yesterday."""
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
    """The next artists who were heard and whose last span is not that of today."""
    counted = sa.exists().where(
        ArtistSpan.artist_id == Artist.id, ArtistSpan.days == SPANS[-1], ArtistSpan.last_on == today
    )
    query = sa.select(Artist.id).where(Artist.id > after, Artist.plays > 0, ~counted)
    return list(session().scalars(query.order_by(Artist.id).limit(AT_ONCE)))


def turns_of(artist_id: int) -> str:
    return f"catalog.audience.{artist_id}"
