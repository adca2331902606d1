"""Links to what is in no list."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class ShareLink(Model):
    """A secret address by which anybody may open the subject (`subject_kind`, `subject_id`) until it expires.

    Only the hash of its secret is kept.
    """

    __tablename__ = "catalog_share_link"
    __table_args__ = (sa.Index(None, "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    secret_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    subject_kind: Mapped[str] = mapped_column(sa.String(16))
    subject_id: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    opened_count: Mapped[int] = mapped_column(default=0)
