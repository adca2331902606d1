"""Who hears an artist: sums of the ledger by day, kept by a job, so that the numbers cost the same in year five.

What is kept of listeners here follows the ledger: when plays leave somebody's history, their days are counted anew.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


def of_artist() -> Mapped[int]:
    return mapped_column(sa.ForeignKey("catalog_artist.id", ondelete="CASCADE"), primary_key=True)


class WaitingDay(Model):
    """A day of an artist whose sums are to be counted anew; `since` is when that became known first."""

    __tablename__ = "catalog_waiting_day"

    artist_id: Mapped[int] = of_artist()
    day: Mapped[date] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)


class ArtistDay(Model):
    """What all songs of an artist got on one day of the site's clock: `plays` and `heard_ms` as their song days say.

    `sources` and `hours` are `{"album": [plays, [signs]]}` and `{"20": [plays, [signs]]}`: up to as many signs of
    different listeners as are needed to tell whether they are enough to be shown.
    """

    __tablename__ = "catalog_artist_day"

    artist_id: Mapped[int] = of_artist()
    day: Mapped[date] = mapped_column(primary_key=True)
    plays: Mapped[int]
    heard_ms: Mapped[int] = mapped_column(sa.BigInteger)
    sources: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    hours: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)


class ArtistListener(Model):
    """That somebody, by their name in the ledger, heard an artist on a day."""

    __tablename__ = "catalog_artist_listener"
    __table_args__ = (sa.Index(None, "artist_id", "listener_key", "day"), {"sqlite_with_rowid": False})

    artist_id: Mapped[int] = of_artist()
    day: Mapped[date] = mapped_column(primary_key=True)
    listener_key: Mapped[str] = mapped_column(sa.String(40), primary_key=True)


class ArtistSpan(Model):
    """What cannot be summed from days, counted for the `days` up to `last_on`: listeners, songs, sources, hours."""

    __tablename__ = "catalog_artist_span"

    artist_id: Mapped[int] = of_artist()
    days: Mapped[int] = mapped_column(primary_key=True)
    last_on: Mapped[date] = mapped_column(index=True)
    found: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
