"""Where a listener stopped, so that another device can go on."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class PlayerState(Model):
    """A listener's queue and place in it; `device` names the browser that wrote last, `revision` counts writes."""

    __tablename__ = "catalog_player_state"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    song_ids: Mapped[list[int]] = mapped_column(sa.JSON, default=list)
    place: Mapped[int] = mapped_column(default=0)
    position_s: Mapped[float] = mapped_column(default=0.0)
    origin: Mapped[str] = mapped_column(sa.String(200), default="")
    source: Mapped[str] = mapped_column(sa.String(16), default="queue")
    repeat: Mapped[str] = mapped_column(sa.String(4), default="off")
    shuffled: Mapped[bool] = mapped_column(default=False)
    device: Mapped[str] = mapped_column(sa.String(40), default="")
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime] = mapped_column(default=now)
