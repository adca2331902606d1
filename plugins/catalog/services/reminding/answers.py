"""What others wrote to people who were not here to see it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.addresses import url_of
from musicapp.blocks import Block, Words
from musicapp.database import session
from musicapp.days import within_days
from musicapp.errors import NotFound
from musicapp.spans import Readers, Span
from plugins.auth import services as auth
from plugins.catalog.models import ArtistMember, Comment, Mention
from plugins.catalog.services.reminding.members import RELEASES
from plugins.catalog.services.sharing.opened import without_links
from plugins.catalog.services.subjects import find_subject

SHOWN = 3
LONGEST = 140


def answers_since(readers: Readers) -> dict[tuple[int, int], list[Block]]:
    """The newest replies to these people, mentions of them, and comments on their music, on what they may see."""
    found = comments_to([person_id for person_id, _ in readers.pairs], readers.span)
    names = auth.names_of({row.author_id for rows in found.values() for row in rows})
    return {pair: list(answers(pair[0], found[pair[0]], names)) for pair in readers.pairs if pair[0] in found}


def answers(person_id: int, rows: list[Any], names: dict[int, str]) -> Iterator[Block]:
    person = auth.person_with_id(person_id)
    for row in rows:
        try:
            with without_links():
                subject = find_subject(person, row.subject_kind, row.subject_id)
        except NotFound:
            continue
        text = f"{names.get(row.author_id, 'Somebody')} on “{subject.title}”: {shortened(row.text)}"
        yield Words(text, f"{url_of('catalog.thread', comment_id=row.id)}#comment-{row.id}", "Read on")


def comments_to(person_ids: Collection[int], span: Span) -> dict[int, list[Any]]:
    """Comments of these days that answer somebody, name them, or stand below music that they publish; by person, the
    newest first."""
    parent = aliased(Comment)
    is_shown = sa.and_(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
    said: tuple[Any, ...] = (Comment.id, Comment.author_id, Comment.text, Comment.subject_kind, Comment.subject_id)
    shown = sa.select(*said).where(is_shown, within_days(Comment.created_at, span.first, span.last))
    ways = [
        to(parent.author_id, person_ids, shown.join(parent, parent.id == Comment.parent_id)),
        to(Mention.user_id, person_ids, shown.join(Mention, Mention.comment_id == Comment.id)),
    ]
    for kind, table in RELEASES.items():
        is_below = sa.and_(Comment.subject_kind == kind, Comment.subject_id == table.id)
        below = shown.join(table, is_below).join(ArtistMember, ArtistMember.artist_id == table.artist_id)
        ways.append(to(ArtistMember.user_id, person_ids, below))
    # Each way has its own index; asked together with OR, every comment would be looked at.
    found = sa.union(*ways).subquery()
    place = sa.func.row_number().over(partition_by=found.c.person_id, order_by=found.c.id.desc())
    ranked = sa.select(found, place.label("place")).subquery()
    by_person: defaultdict[int, list[Any]] = defaultdict(list)
    for row in session().execute(sa.select(ranked).where(ranked.c.place <= SHOWN).order_by(ranked.c.id.desc())):
        by_person[row.person_id].append(row)
    return by_person


def to(column: sa.SQLColumnExpression[Any], person_ids: Collection[int], comments: sa.Select[Any]) -> sa.Select[Any]:
    """Those of some comments that concern these people by this column, and were written by somebody else."""
    concerned = comments.where(column.in_(person_ids), Comment.author_id != column)
    return concerned.add_columns(column.label("person_id"))


def shortened(text: str) -> str:
    """The beginning of a comment on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
