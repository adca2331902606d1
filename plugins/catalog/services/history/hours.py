"""The sums of one listener by hour of the site's clock, kept beside the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import sqlalchemy as sa

from musicapp.database import UNSYNCED, insert_for, session
from musicapp.pages import local
from plugins.catalog.models import ListenerHour, Play
from plugins.catalog.services.counters import More, add_more

Hour = tuple[date, int, int]
ROWS_AT_ONCE = 500
KEY = ("user_id", "day", "hour", "song_id")


def local_day(moment: datetime) -> date:
    """The day of a moment on the clock of the site."""
    return local(moment).date()


def hour_of(moment: datetime) -> tuple[date, int]:
    """The day and the hour of a moment on the clock of the site."""
    there = local(moment)
    return there.date(), there.hour


def raise_hours(listener_id: int, gains: Mapping[Hour, More]) -> None:
    """Carry what a listener heard to the sums of day, hour and song, in their order."""
    rows = [
        dict(zip(KEY, (listener_id, *hour), strict=True)) | {"plays": more.plays, "heard_ms": more.heard_ms}
        for hour, more in sorted(gains.items(), key=lambda gain: gain[0])
        if more.plays or more.heard_ms
    ]
    for place in range(0, len(rows), ROWS_AT_ONCE):
        row = insert_for(ListenerHour).values(rows[place : place + ROWS_AT_ONCE])
        total = {
            "plays": ListenerHour.plays + row.excluded.plays,
            "heard_ms": ListenerHour.heard_ms + row.excluded.heard_ms,
        }
        session().execute(row.on_conflict_do_update(index_elements=KEY, set_=total))


def lower_hours(listener_id: int, losses: Mapping[Hour, More]) -> None:
    """Take what a listener's history loses from the sums; what then holds nothing is gone."""
    raise_hours(listener_id, {hour: More(-less.plays, -less.heard_ms) for hour, less in losses.items()})
    emptied = sa.delete(ListenerHour).where(
        ListenerHour.user_id == listener_id,
        ListenerHour.day.in_({day for day, _, _ in losses}),
        ListenerHour.heard_ms <= 0,
        ListenerHour.plays <= 0,
    )
    session().execute(emptied.execution_options(**UNSYNCED))


def sums_of(plays: Iterable[Play]) -> dict[Hour, More]:
    """What these plays are in the sums of their listener."""
    sums: dict[Hour, More] = {}
    for play in plays:
        if play.day is not None and play.hour is not None:
            add_more(sums, (play.day, play.hour, play.song_id), More(int(play.counted), play.heard_ms))
    return sums
