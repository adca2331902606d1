"""Erasing what music holds of a person: some at a time, in the order in which nothing is counted wrongly."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.storage import media_store
from plugins.auth import services as auth
from plugins.catalog.models import (
    Artist,
    ArtistListener,
    Comment,
    FavouriteAlbum,
    FavouriteArtist,
    FavouriteSong,
    Follow,
    Listener,
    ListenerHour,
    Mention,
    PartialUpload,
    PlayerState,
    Rating,
    ShareLink,
    Song,
)
from plugins.catalog.services.history import forget_all, own_key
from plugins.catalog.services.marks.ratings import count_anew
from plugins.catalog.services.personal.artists import erase_artists

AT_ONCE = 500
THEIRS: tuple[Any, ...] = (
    *(FavouriteSong.user_id, FavouriteAlbum.user_id, FavouriteArtist.user_id, Follow.user_id, PlayerState.user_id),
    *(ListenerHour.user_id, Listener.user_id, Mention.user_id, ShareLink.created_by),
)


def erase(person_id: int) -> None:
    """Take somebody off every play, erase what they said, kept and uploaded, and let their artists go or stay."""
    erase_uploads(person_id)
    forget_all(auth.person_with_id(person_id), for_good=True)
    forget_listener(person_id)
    while erase_ratings(person_id):
        pass
    while erase_comments(person_id):
        pass
    with writing() as unit:
        for column in THEIRS:
            unit.execute(sa.delete(column.class_).where(column == person_id), execution_options=UNSYNCED)
    erase_artists(person_id)


def erase_uploads(person_id: int) -> None:
    """Remove what somebody did not finish uploading. Raises BeingWritten while a piece comes in just now."""
    mine = sa.select(PartialUpload.id).where(PartialUpload.user_id == person_id)
    for upload_id in session().scalars(mine).all():
        with media_store().growing(upload_id, kind="audio") as file:
            with writing() as unit:
                row = unit.get(PartialUpload, upload_id)
                became_song = row is not None and row.song_id is not None and not row.problem
                if row is not None:
                    unit.delete(row)
            if not became_song or not file.size_bytes:
                file.delete()


def forget_listener(person_id: int) -> None:
    """Let no artist's listeners name somebody; their plays are nameless by now, and the days are counted anew."""
    everywhere = ArtistListener.artist_id.in_(sa.select(Artist.id))  # each by its index, not all listeners of all days
    gone = sa.delete(ArtistListener).where(everywhere, ArtistListener.listener_key == own_key(person_id))
    with writing() as unit:
        unit.execute(gone, execution_options=UNSYNCED)


def erase_ratings(person_id: int) -> int:
    """Take back some of somebody's ratings, and count those songs anew; how many there were."""
    mine = sa.select(Rating.song_id).where(Rating.user_id == person_id).order_by(Rating.song_id).limit(AT_ONCE)
    with writing() as unit:
        song_ids = unit.scalars(mine).all()
        held = sa.select(Song.id).where(Song.id.in_(song_ids)).order_by(Song.id)
        unit.execute(held.with_for_update(key_share=True))
        gone = sa.and_(Rating.user_id == person_id, Rating.song_id.in_(song_ids))
        unit.execute(sa.delete(Rating).where(gone), execution_options=UNSYNCED)
        count_anew(song_ids)
    return len(song_ids)


def erase_comments(person_id: int) -> int:
    """Erase some of somebody's comments; how many there were. One that others replied to keeps its place, empty."""
    mine = sa.select(Comment.id).where(Comment.author_id == person_id).order_by(Comment.id.desc()).limit(AT_ONCE)
    with writing() as unit:
        ids = unit.scalars(mine.with_for_update()).all()
        reply = aliased(Comment)
        by_others = sa.exists().where(reply.parent_id == Comment.id, reply.author_id.is_distinct_from(person_id))
        kept = Comment.id.in_(ids), by_others.correlate(Comment)
        emptied = {"text": "", "at_s": None, "author_id": None, "deleted_at": now(), "removed_at": None}
        unit.execute(sa.update(Comment).where(*kept).values(**emptied), execution_options=UNSYNCED)
        unit.execute(sa.delete(Mention).where(Mention.comment_id.in_(ids)), execution_options=UNSYNCED)
        gone = Comment.id.in_(ids), Comment.author_id == person_id
        unit.execute(sa.delete(Comment).where(*gone), execution_options=UNSYNCED)
    return len(ids)
