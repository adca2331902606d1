"""Comments as they are read: a page of them with their first replies, one conversation, and the moments of a song."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from plugins.catalog.models import Comment
from plugins.catalog.services.comments.rows import (
    CommentRow,
    Thread,
    comment_columns,
    comment_row,
    is_about,
    is_readable,
    names_for,
)
from plugins.catalog.services.persons import Person
from plugins.catalog.services.subjects import Subject, find_subject, kind_of_subject
from plugins.catalog.services.words import known_id

NOT_HERE = "This comment is not here any more, or you may not see it."
REPLIES_SHOWN = 10
MOMENTS_LOOKED_AT = 500

Sort = Literal["newest", "moment"]
ORDERS = {
    "newest": Order("newest", Comment.id, Comment.id, descending=True),
    "moment": Order("moment", Comment.at_s, Comment.id),
}
OLDEST = Order("oldest", Comment.id, Comment.id)


@dataclass(frozen=True)
class Moment:
    """A moment of a song that a comment speaks of."""

    comment_id: int
    at_s: float
    text: str


def find_commented(person: Person | None, kind: str, subject_id: int) -> Subject:
    """A thing below which comments stand, as somebody sees it; raises NotFound for all others."""
    if not kind_of_subject(kind).has_comments:
        raise NotFound("Nobody comments here.")
    return find_subject(person, kind, subject_id)


def comments_of(
    person: Person | None, subject: Subject, *, sort: Sort = "newest", limit: int = 20, cursor: str | None = None
) -> Page[Thread]:
    """A page of the comments on a subject, each with its first replies: the newest first, or along the song those that
    speak of a moment. Three statements, however many there are."""
    chosen = sa.select(Comment).where(is_about(subject), Comment.parent_id.is_(None), has_a_place(person))
    if sort == "moment":
        chosen = chosen.where(Comment.at_s.is_not(None))
    page = page_of(chosen, ORDERS[sort], keep, shows=comment_columns, limit=limit, cursor=cursor)
    return Page(threads(person, subject, page.rows), page.next)


def thread_of(person: Person | None, comment_id: int) -> tuple[Subject, Thread]:
    """What somebody talks about, and the comment of this number with its first replies, or the one that it answers."""
    query = sa.select(Comment.subject_kind, Comment.subject_id, Comment.parent_id)
    place = session().execute(query.where(Comment.id == known_id(comment_id, NOT_HERE))).one_or_none()
    if place is None:
        raise NotFound(NOT_HERE)
    subject = find_subject(person, place.subject_kind, place.subject_id)
    chosen = sa.select(Comment).where(Comment.id == (place.parent_id or comment_id), has_a_place(person))
    rows = session().execute(comment_columns(chosen)).all()
    if not rows:
        raise NotFound(NOT_HERE)
    return subject, threads(person, subject, rows)[0]


def comment_of(person: Person | None, comment_id: int) -> tuple[Subject, CommentRow]:
    """What a comment is about, and the comment itself; raises NotFound for who may not read it."""
    chosen = sa.select(Comment).where(Comment.id == known_id(comment_id, NOT_HERE), is_readable(person))
    row = session().execute(comment_columns(chosen)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    subject = find_subject(person, row.subject_kind, row.subject_id)
    return subject, comment_row(row, person, subject, names_for([row]))


def replies_to(
    person: Person | None, subject: Subject, comment_id: int, *, limit: int = 50, cursor: str | None = None
) -> Page[CommentRow]:
    """A page of the replies to a comment, the oldest first."""
    chosen = sa.select(Comment).where(Comment.parent_id == comment_id, is_about(subject), is_readable(person))
    page = page_of(chosen, OLDEST, keep, shows=comment_columns, limit=limit, cursor=cursor)
    names = names_for(page.rows)
    return Page([comment_row(row, person, subject, names) for row in page.rows], page.next)


def moments_of(person: Person | None, song_id: int) -> list[Moment]:
    """The moments of a song that the latest comments speak of, along the song; in one statement."""
    about = sa.and_(Comment.subject_kind == "song", Comment.subject_id == song_id, Comment.parent_id.is_(None))
    query = sa.select(Comment.id, Comment.at_s, Comment.text).where(about, Comment.at_s.is_not(None))
    latest = query.where(is_readable(person)).order_by(Comment.id.desc()).limit(MOMENTS_LOOKED_AT)
    found = [Moment(row.id, float(row.at_s), row.text) for row in session().execute(latest)]
    return sorted(found, key=lambda moment: (moment.at_s, moment.comment_id))


def has_a_place(person: Person | None) -> sa.ColumnElement[bool]:
    """Whether a comment stands in the list: somebody may read it, or a reply to it."""
    reply = aliased(Comment)
    replied = sa.exists().where(reply.parent_id == Comment.id, is_readable(person, reply)).correlate(Comment)
    return sa.or_(is_readable(person), replied)


def threads(person: Person | None, subject: Subject, rows: Sequence[Any]) -> list[Thread]:
    """Comments with their first replies."""
    replies = first_replies(person, [row.id for row in rows]) if rows else []
    names = names_for([*rows, *replies])
    shown = partial(comment_row, person=person, subject=subject, names=names)
    under: dict[int, list[CommentRow]] = {}
    counts: dict[int, int] = {}
    for reply in replies:
        under.setdefault(reply.parent_id, []).append(shown(reply))
        counts[reply.parent_id] = reply.replies_count
    return [Thread(shown(row), under.get(row.id, []), counts.get(row.id, 0)) for row in rows]


def first_replies(person: Person | None, comment_ids: Sequence[int]) -> Sequence[Any]:
    """The oldest replies to each of some comments, each with the number of all that somebody may read."""
    ranked = (
        sa.select(
            Comment.id.label("reply_id"),
            sa.func.row_number().over(partition_by=Comment.parent_id, order_by=Comment.id).label("place"),
            sa.func.count().over(partition_by=Comment.parent_id).label("replies_count"),
        )
        .where(Comment.parent_id.in_(comment_ids), is_readable(person))
        .subquery()
    )
    first = sa.select(Comment).join(ranked, ranked.c.reply_id == Comment.id).where(ranked.c.place <= REPLIES_SHOWN)
    return session().execute(comment_columns(first).add_columns(ranked.c.replies_count).order_by(Comment.id)).all()


def keep(row: Any) -> Any:
    """The row itself: names are asked for all rows of a page at once."""
    return row
