"""Replies and mentions that somebody has not been here to see."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.addresses import url_of
from musicapp.blocks import Block, Words
from musicapp.database import session
from musicapp.days import within_days
from musicapp.errors import NotFound
from musicapp.spans import Span
from plugins.auth import services as auth
from plugins.catalog.models import Comment, Mention
from plugins.catalog.services.sharing.opened import without_links
from plugins.catalog.services.subjects import find_subject

SHOWN = 3
LONGEST = 140


def answers_since(person_id: int, span: Span) -> list[Block]:
    """The newest replies to somebody and mentions of them, on what they may see."""
    return list(answers(person_id, span))


def answers(person_id: int, span: Span) -> Iterator[Block]:
    person, rows = auth.person_with_id(person_id), comments_to(person_id, span)
    names = auth.names_of({row.author_id for row in rows})
    for row in rows:
        try:
            with without_links():
                subject = find_subject(person, row.subject_kind, row.subject_id)
        except NotFound:
            continue
        text = f"{names.get(row.author_id, 'Somebody')} on “{subject.title}”: {shortened(row.text)}"
        yield Words(text, f"{url_of('catalog.thread', comment_id=row.id)}#comment-{row.id}", "Read on")


def comments_to(person_id: int, span: Span) -> list[Any]:
    """Comments of these days that answer somebody or name them, the newest first."""
    parent = aliased(Comment)
    answered = Comment.parent_id.in_(sa.select(parent.id).where(parent.author_id == person_id))
    named = Comment.id.in_(sa.select(Mention.comment_id).where(Mention.user_id == person_id))
    is_shown = sa.and_(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None), Comment.author_id != person_id)
    columns = (Comment.id, Comment.author_id, Comment.text, Comment.subject_kind, Comment.subject_id)
    theirs = sa.select(*columns).where(sa.or_(answered, named), is_shown)
    of_days = theirs.where(within_days(Comment.created_at, span.first, span.last))
    return list(session().execute(of_days.order_by(Comment.id.desc()).limit(SHOWN)))


def shortened(text: str) -> str:
    """The beginning of a comment on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
