"""What is kept of one listener: whether their history is, and its sums."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model


class Listener(Model):
    """What a listener chose about their own listening; who never chose has no row."""

    __tablename__ = "catalog_listener"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    keeps_history: Mapped[bool] = mapped_column(default=True)


class NamelessDay(Model):
    """The secret that names are made with for the plays of one day (UTC) that shall lead back to nobody."""

    __tablename__ = "catalog_nameless_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    secret: Mapped[bytes] = mapped_column(sa.LargeBinary(32))


class ListenerHour(Model):
    """What one listener heard of one song in one hour of a day on the clock of the site: the sums of the ledger."""

    __tablename__ = "catalog_listener_hour"
    __table_args__ = (sa.Index(None, "song_id"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True)
    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    plays: Mapped[int] = mapped_column(default=0)
    heard_ms: Mapped[int] = mapped_column(sa.BigInteger, default=0)
