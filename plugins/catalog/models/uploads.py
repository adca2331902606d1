"""Uploads that are under way."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class PartialUpload(Model):
    """A file that arrives in pieces: how much of it is here, and what its sender wishes once it is whole.

    `song_id` is set when it became a song; `problem` when it was refused, and then `song_id` names the song that is
    here already of the same file, if that is why. `fingerprint` is what the sender knows the file again by.
    """

    __tablename__ = "catalog_partial_upload"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)
    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(sa.String(255))
    fingerprint: Mapped[str] = mapped_column(sa.String(64), default="")
    size_bytes: Mapped[int] = mapped_column(sa.BigInteger)
    received_bytes: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    wishes: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    song_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"))
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    touched_at: Mapped[datetime] = mapped_column(default=now, index=True)
