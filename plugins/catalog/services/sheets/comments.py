"""What people wrote about an artist's songs and albums, as everybody can read it."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.auth import services as auth
from plugins.catalog.models import Album, Comment, Song


def comment_count(_person_id: int, artist_id: int, _span: Span) -> int:
    """How many comments there are."""
    return session().scalar(sa.select(sa.func.count()).select_from(comments_on(artist_id))) or 0


def comment_rows(_person_id: int, artist_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each comment with what it is about and who wrote it, the oldest first."""
    author, said = auth.named_people().subquery("author"), comments_on(artist_id)
    *before, at_s, author_id, text, parent_id, edited_at = said.c
    columns = (*before, at_s, author.c.name, text, parent_id, edited_at)
    named = sa.select(*columns).select_from(said).outerjoin(author, author.c.id == author_id)
    yield from map(tuple, streamed(named.order_by(said.c.id)))


def comments_on(artist_id: int) -> sa.Subquery:
    """The comments on what an artist published that were neither deleted nor hidden."""
    return sa.union_all(comments_about(Song, "song", artist_id), comments_about(Album, "album", artist_id)).subquery()


def comments_about(table: type[Song] | type[Album], kind: str, artist_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The comments on an artist's songs or albums, by the indexes of what is theirs and of what is about it."""
    on = sa.and_(Comment.subject_kind == kind, Comment.subject_id == table.id)
    columns = (
        Comment.id,
        Comment.created_at,
        Comment.subject_kind,
        Comment.subject_id,
        table.title,
        Comment.at_s,
        Comment.author_id,
        Comment.text,
        Comment.parent_id,
        Comment.edited_at,
    )
    there = sa.select(*columns).select_from(table).join(Comment, on).where(table.artist_id == artist_id)
    return there.where(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
