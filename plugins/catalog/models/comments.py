"""What people write about songs, albums, and whatever else plugins let be talked about."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class Comment(Model):
    """A comment on the subject (`subject_kind`, `subject_id`), or a reply to one, which has a `parent_id`.

    `at_s` is the moment of a song that it speaks of. `author_id` is None once the account is gone. A deleted comment
    keeps its place for as long as somebody replied to it, and so does a hidden one, whose words its author and the
    moderators still read. Who deleted it, `deleted_by_id`, may bring it back. `removed_at` is set while moderators took
    it from everybody but themselves.
    """

    __tablename__ = "catalog_comment"
    __table_args__ = (
        sa.Index(None, "subject_kind", "subject_id", "parent_id", "id"),
        sa.Index(None, "subject_kind", "subject_id", "at_s", "id"),
        sa.Index(None, "author_id", "id"),
        sa.Index(None, "deleted_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_kind: Mapped[str] = mapped_column(sa.String(16))
    subject_id: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_comment.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(sa.Text)
    at_s: Mapped[float | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    deleted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    hidden_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]


class Mention(Model):
    """A person whom a comment names with `@`."""

    __tablename__ = "catalog_mention"

    comment_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_comment.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
