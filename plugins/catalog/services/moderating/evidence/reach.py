"""How many people each of many things reached, in one statement for all, as the evidence of each says it."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import session
from plugins.catalog.models import Comment, Song
from plugins.catalog.services.moderating.evidence.parts import listeners_of_each


def reach_of_songs(song_ids: Collection[int]) -> dict[int, int]:
    """How many different listeners each song has."""
    return listeners_of_each({song_id: Song.id == song_id for song_id in song_ids})


def reach_of_albums(album_ids: Collection[int]) -> dict[int, int]:
    """How many different listeners the songs of each album have."""
    return listeners_of_each({album_id: Song.album_id == album_id for album_id in album_ids})


def reach_of_artists(artist_ids: Collection[int]) -> dict[int, int]:
    """How many different listeners each artist has, of songs that are not deleted."""
    of_artist = {one: sa.and_(Song.artist_id == one, Song.deleted_at.is_(None)) for one in artist_ids}
    return listeners_of_each(of_artist)


def reach_of_comments(comment_ids: Collection[int]) -> dict[int, int]:
    """How many people wrote about the same as each comment."""
    beside = aliased(Comment)
    same = sa.and_(beside.subject_kind == Comment.subject_kind, beside.subject_id == Comment.subject_id)
    people = sa.select(Comment.id, sa.func.count(sa.distinct(beside.author_id)).label("people")).join(beside, same)
    rows = session().execute(people.where(Comment.id.in_(comment_ids)).group_by(Comment.id))
    return {row.id: row.people for row in rows}
