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
    return session().scalar(comments_on(artist_id).with_only_columns(sa.func.count())) or 0


def comment_rows(_person_id: int, artist_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each comment with what it is about and who wrote it, the oldest first."""
    author = auth.named_people().subquery("author")
    columns = (
        Comment.id,
        Comment.created_at,
        Comment.subject_kind,
        Comment.subject_id,
        sa.func.coalesce(Song.title, Album.title),
        Comment.at_s,
        author.c.name,
        Comment.text,
        Comment.parent_id,
        Comment.edited_at,
    )
    named = comments_on(artist_id).outerjoin(author, author.c.id == Comment.author_id)
    yield from map(tuple, streamed(named.with_only_columns(*columns, maintain_column_froms=True).order_by(Comment.id)))


def comments_on(artist_id: int) -> sa.Select[Any]:
    """The comments on what an artist published that were neither deleted nor hidden."""
    on_song = sa.and_(Comment.subject_kind == "song", Song.id == Comment.subject_id)
    on_album = sa.and_(Comment.subject_kind == "album", Album.id == Comment.subject_id)
    joined = sa.select(Comment).outerjoin(Song, on_song).outerjoin(Album, on_album)
    theirs = sa.func.coalesce(Song.artist_id, Album.artist_id) == artist_id
    return joined.where(theirs, Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
