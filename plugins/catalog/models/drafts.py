"""Since when drafts are as they are."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model


class WaitingDraft(Model):
    """An album (`kind` "album") or a song of no album ("song") that is not published, as it was on the last look.

    `revision` changes with each change to it, and for an album with each to its songs; `since` is when it was first
    seen like this.
    """

    __tablename__ = "catalog_waiting_draft"
    __table_args__ = (sa.Index(None, "artist_id", "since"),)

    kind: Mapped[str] = mapped_column(sa.String(8), primary_key=True)
    subject_id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id", ondelete="CASCADE"))
    revision: Mapped[int]
    since: Mapped[datetime]
