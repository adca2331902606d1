"""What somebody wrote and gave away, as files for them: comments, secret links, invitations, uploads under way."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, rows_as_files
from plugins.catalog.models import Artist, ArtistInvitation, Comment, PartialUpload, ShareLink


def said_files(person_id: int) -> Iterator[Named]:
    """Comments with their words, links and invitations without their secrets."""
    yield from rows_as_files("music/comments", comments(person_id))
    yield from rows_as_files("music/links", links(person_id))
    yield from rows_as_files("music/invitations", invitations(person_id))
    yield from rows_as_files("music/uploads-under-way", uploads(person_id))


def comments(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = (Comment.id, Comment.subject_kind, Comment.subject_id, Comment.parent_id, Comment.at_s, Comment.text)
    moments = (Comment.created_at, Comment.edited_at, Comment.deleted_at, Comment.hidden_at)
    return sa.select(*columns, *moments).where(Comment.author_id == person_id).order_by(Comment.id)


def links(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    columns = (ShareLink.subject_kind, ShareLink.subject_id, ShareLink.created_at, ShareLink.expires_at)
    made = sa.select(*columns, ShareLink.opened_count).where(ShareLink.created_by == person_id)
    return made.order_by(ShareLink.id)


def invitations(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Those that somebody made; who used one is no part of it."""
    of = ArtistInvitation
    made = sa.select(Artist.name.label("artist"), of.created_at, of.expires_at, of.used_at)
    return made.join(of, of.artist_id == Artist.id).where(of.invited_by == person_id).order_by(of.id)


def uploads(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    of = PartialUpload
    columns = (of.file_name, of.size_bytes, of.received_bytes, of.wishes, of.problem, of.created_at)
    return sa.select(*columns).where(of.user_id == person_id).order_by(of.created_at, of.id)
