"""Which songs go together."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model


class NearSong(Model):
    """That who hears a song often hears another one too. `score` is above 0, and higher for a closer one."""

    __tablename__ = "catalog_near_song"
    __table_args__ = (sa.Index(None, "song_id", "score"),)

    song_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(
        sa.ForeignKey("catalog_song.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    score: Mapped[float]
