"""A comment as its readers get it, and what each of them may read and do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.clock import now
from plugins.auth import services as auth
from plugins.catalog.models import Comment, Mention
from plugins.catalog.services.persons import Person, sees_all
from plugins.catalog.services.subjects import Subject

EDITABLE = timedelta(minutes=15)
State = Literal["shown", "hidden", "removed", "deleted"]


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment, as somebody reads it.

    `state` is “deleted” or “hidden” where only its place is left, and then there are no words and no author; for its
    author and for staff a hidden one still has both, and for staff alone one that moderators “removed”. `by_owner`
    says that the subject belongs to its author, and `author_name` is empty once the account is gone.
    """

    id: int
    subject_kind: str
    subject_id: int
    parent_id: int | None
    author_id: int | None
    author_name: str
    text: str
    at_s: float | None
    created_at: datetime
    edited_at: datetime | None
    state: State
    mentioned: tuple[tuple[int, str], ...]
    by_owner: bool
    may_edit: bool
    may_delete: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its first replies, the oldest first, and how many there are in all."""

    comment: CommentRow
    replies: Sequence[CommentRow]
    replies_count: int


MENTIONED = (
    sa.select(sa.func.aggregate_strings(sa.cast(Mention.user_id, sa.String), ","))
    .where(Mention.comment_id == Comment.id)
    .correlate(Comment)
    .scalar_subquery()
    .label("mentioned")
)
COLUMNS = (
    Comment.id,
    Comment.subject_kind,
    Comment.subject_id,
    Comment.parent_id,
    Comment.author_id,
    Comment.text,
    Comment.at_s,
    Comment.created_at,
    Comment.edited_at,
    Comment.deleted_at,
    Comment.hidden_at,
    Comment.removed_at,
    MENTIONED,
)


def comment_columns(query: sa.Select[Any]) -> sa.Select[Any]:
    """The columns of CommentRow, but for the names of people."""
    return query.with_only_columns(*COLUMNS, maintain_column_froms=True)


def is_readable(person: Person | None, of: type[Comment] = Comment) -> sa.ColumnElement[bool]:
    """Whether somebody may read the words of a comment."""
    if sees_all(person):
        return sa.or_(of.deleted_at.is_(None), of.removed_at.is_not(None))
    is_own = sa.false() if person is None else of.author_id == person.id
    return sa.and_(of.deleted_at.is_(None), sa.or_(of.hidden_at.is_(None), is_own))


def is_about(subject: Subject) -> sa.ColumnElement[bool]:
    """Whether a comment is about this."""
    return sa.and_(Comment.subject_kind == subject.kind, Comment.subject_id == subject.id)


def names_for(rows: Iterable[Any]) -> dict[int, str]:
    """What the authors of comments, and those whom they mention, go by; in one statement."""
    people = {row.author_id for row in rows if row.author_id is not None}
    for row in rows:
        people.update(mentioned_ids(row))
    return auth.names_of(people)


def mentioned_ids(row: Any) -> list[int]:
    return sorted(map(int, row.mentioned.split(","))) if row.mentioned else []


def comment_row(row: Any, person: Person | None, subject: Subject, names: dict[int, str]) -> CommentRow:
    """The record of a row of `comment_columns`, as somebody reads it."""
    state = state_of(row, person)
    is_own = person is not None and row.author_id == person.id
    is_kept = state in ("shown", "removed") or (state == "hidden" and (is_own or sees_all(person)))
    return CommentRow(
        id=row.id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        parent_id=row.parent_id,
        author_id=row.author_id if is_kept else None,
        author_name=names.get(row.author_id, "") if is_kept else "",
        text=row.text if is_kept else "",
        at_s=row.at_s if is_kept else None,
        created_at=row.created_at,
        edited_at=row.edited_at if is_kept else None,
        state=state,
        mentioned=tuple((one, names[one]) for one in mentioned_ids(row) if one in names) if is_kept else (),
        by_owner=is_kept and row.author_id in subject.owner_ids,
        may_edit=is_own and state == "shown" and row.created_at > now() - EDITABLE,
        may_delete=is_kept and state != "removed" and may_delete(person, row.author_id, subject),
    )


def state_of(row: Any, person: Person | None) -> State:
    if row.removed_at is not None and sees_all(person):
        return "removed"
    if row.deleted_at is not None:
        return "deleted"
    return "hidden" if row.hidden_at is not None else "shown"


def may_delete(person: Person | None, author_id: int | None, subject: Subject) -> bool:
    """Whether somebody may take a comment away: its author, whom the subject belongs to, and staff."""
    return person is not None and (author_id == person.id or person.id in subject.owner_ids or sees_all(person))
