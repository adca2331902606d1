"""Telling those who follow a playlist that it grew: once a day for each list, with all that came."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs import enqueue
from plugins.inbox.services import tell
from plugins.playlists.models import Entry, Follow, Playlist
from plugins.playlists.services.seeing import is_listed

REST = timedelta(hours=1)
DAY = timedelta(days=1)


def note_growth(playlist_id: int) -> None:
    """Have the followers of a public playlist told of its new songs in an hour, so that one who adds ten songs one by
    one is told of once; inside `writing()`."""
    query = sa.select(Playlist.id).where(Playlist.id == playlist_id, is_listed())
    followed = sa.exists().where(Follow.playlist_id == Playlist.id).correlate(Playlist)
    if session().scalar(query.where(followed)) is not None:
        day = now().date().isoformat()
        enqueue(
            "playlists.tell_followers",
            {"playlist_id": playlist_id, "day": day},
            key=f"{playlist_id}:{day}",
            run_after=now() + REST,
        )


def tell_followers(playlist_id: int, day: str) -> None:
    """Tell the followers of a playlist how many songs came in the last day; inside `writing()`.

    Each hears only of songs that others than themselves added, since they follow it, and at most once on this day.
    """
    playlist = session().scalars(sa.select(Playlist).where(Playlist.id == playlist_id, is_listed())).one_or_none()
    if playlist is None:
        return
    came = sa.and_(Entry.playlist_id == playlist_id, Entry.removed_at.is_(None), Entry.added_at > now() - DAY)
    not_their_own = sa.and_(Entry.added_at > Follow.since, Entry.added_by.is_distinct_from(Follow.user_id))
    query = (
        sa.select(Follow.user_id, sa.func.count(Entry.id))
        .join(Entry, sa.and_(came, not_their_own))
        .where(Follow.playlist_id == playlist_id)
        .group_by(Follow.user_id)
    )
    by_count: dict[int, list[int]] = {}
    for person_id, count in session().execute(query):
        by_count.setdefault(count, []).append(person_id)
    url = url_of("playlists.playlist", playlist_id=playlist_id)
    for count, person_ids in by_count.items():
        text = f"“{playlist.name}” has {'a new song' if count == 1 else f'{count} new songs'}."
        tell(person_ids, "playlists.grew", key=f"playlists.grew:{playlist_id}:{day}", text=text, url=url)
