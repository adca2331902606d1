"""The play ledger: who heard what, when and how much; and its sum by day."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class Play(Model):
    """One listening. `listener_key` names an account or a visitor's browser; with song and start it is one play.

    A later report of the same play may only lengthen it. `counted` is set once, when enough was heard. A play in
    somebody's history has their id, and the day and hour of the site's clock under which their sums hold it.
    """

    __tablename__ = "catalog_play"
    __table_args__ = (
        sa.UniqueConstraint("listener_key", "started_at", "song_id"),
        sa.Index(None, "listener_id", "started_at"),
        sa.Index(None, "listener_id", "song_id", "started_at"),
        sa.Index(None, "song_id", "started_at"),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    listener_key: Mapped[str] = mapped_column(sa.String(40))
    listener_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"))
    started_at: Mapped[datetime]
    heard_ms: Mapped[int]
    completed: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(sa.String(16))
    counted: Mapped[bool] = mapped_column(default=False)
    received_at: Mapped[datetime] = mapped_column(default=now)
    day: Mapped[date | None]
    hour: Mapped[int | None]


class SongDay(Model):
    """What one song got on one day of the site's time zone.

    `completed` is how many of its plays were heard to the end; it follows a little later, with the days of its artist.
    """

    __tablename__ = "catalog_song_day"
    __table_args__ = (sa.Index(None, "day"),)

    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    plays: Mapped[int] = mapped_column(default=0)
    heard_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    completed: Mapped[int] = mapped_column(default=0)
