"""What others wrote to somebody who was not here to see it."""

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
from plugins.catalog.models import ArtistMember, Comment, Mention
from plugins.catalog.services.reminding.members import RELEASES
from plugins.catalog.services.sharing.opened import without_links
from plugins.catalog.services.subjects import find_subject

SHOWN = 3
LONGEST = 140


def answers_since(person_id: int, span: Span) -> list[Block]:
    """The newest replies to somebody, mentions of them, and comments on their music, on what they may see."""
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
    """Comments of these days that answer somebody, name them, or stand below music that they publish; newest first."""
    parent = aliased(Comment)
    is_shown = sa.and_(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None), Comment.author_id != person_id)
    columns = (Comment.id, Comment.author_id, Comment.text, Comment.subject_kind, Comment.subject_id)
    shown = sa.select(*columns).where(is_shown, within_days(Comment.created_at, span.first, span.last))
    ways = [
        shown.join(parent, parent.id == Comment.parent_id).where(parent.author_id == person_id),
        shown.join(Mention, Mention.comment_id == Comment.id).where(Mention.user_id == person_id),
    ]
    for kind, table in RELEASES.items():
        is_below = sa.and_(Comment.subject_kind == kind, Comment.subject_id == table.id)
        below = shown.join(table, is_below).join(ArtistMember, ArtistMember.artist_id == table.artist_id)
        ways.append(below.where(ArtistMember.user_id == person_id))
    # Each way has its own index; asked together with OR, every comment would be looked at.
    found = sa.union(*ways).subquery()
    return list(session().execute(sa.select(found).order_by(found.c.id.desc()).limit(SHOWN)))


def shortened(text: str) -> str:
    """The beginning of a comment on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
