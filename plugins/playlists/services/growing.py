"""Telling those who follow a playlist that it grew: once a day for each list, with all that came."""

from datetime import datetime

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session, writing
from plugins.catalog.services.visibility import public_songs
from plugins.inbox.services import tell
from plugins.playlists.models import Entry, Follow, Playlist
from plugins.playlists.services.seeing import is_listed


def grown_playlists(since: datetime) -> list[int]:
    """The public playlists with followers that changed since then, by their ids."""
    followed = sa.exists().where(Follow.playlist_id == Playlist.id).correlate(Playlist)
    query = sa.select(Playlist.id).where(is_listed(), Playlist.changed_at > since, followed)
    return list(session().scalars(query.order_by(Playlist.id)))


def tell_followers(playlist_id: int, since: datetime, until: datetime) -> None:
    """Tell the followers of a playlist how many songs came in this time, once for each of its ends.

    Each hears only of songs that everybody finds, and that others than themselves added since they follow the list.
    """
    with writing():
        name = session().scalar(sa.select(Playlist.name).where(Playlist.id == playlist_id, is_listed()))
        if name is None:
            return
        url = url_of("playlists.playlist", playlist_id=playlist_id)
        key = f"playlists.grew:{playlist_id}:{until:%Y-%m-%d}"
        for count, person_ids in followers_by_news(playlist_id, since, until).items():
            text = f"“{name}” has {'a new song' if count == 1 else f'{count} new songs'}."
            tell(person_ids, "playlists.grew", key=key, text=text, url=url)


def followers_by_news(playlist_id: int, since: datetime, until: datetime) -> dict[int, list[int]]:
    """The followers of a playlist by the number of songs that are news to them."""
    came = sa.and_(Entry.playlist_id == playlist_id, Entry.removed_at.is_(None))
    in_time = sa.and_(Entry.added_at > since, Entry.added_at <= until, Entry.added_at > Follow.since)
    heard = public_songs().subquery("heard")
    by_others = Entry.added_by.is_distinct_from(Follow.user_id)
    query = (
        sa.select(Follow.user_id, sa.func.count(Entry.id))
        .join(Entry, sa.and_(came, in_time, by_others))
        .join(heard, heard.c.id == Entry.song_id)
        .where(Follow.playlist_id == playlist_id)
        .group_by(Follow.user_id)
    )
    found: dict[int, list[int]] = {}
    for person_id, count in session().execute(query):
        found.setdefault(count, []).append(person_id)
    return found
