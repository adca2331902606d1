"""What lists of playlists hand to pages and the API: plain records, made from one query's columns."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from plugins.auth import services as auth
from plugins.catalog.services import Person, visible_songs
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.pictures import Picture, Size, covers_inside, pictures

CARD_COLUMNS = 16


@dataclass(frozen=True)
class PlaylistCard:
    """A playlist in a list. `songs_count` counts its entries, `duration_s` what of it the reader may hear.

    Both are None for smart playlists, whose songs are found when they are opened, and `duration_s` also where a list
    shows names alone.
    """

    id: int
    name: str
    description: str
    owner_id: int
    owner_name: str
    visibility: str
    songs_count: int | None
    duration_s: float | None
    tint: str
    pictures: tuple[Picture, ...]
    is_smart: bool
    hidden: bool
    revision: int
    created_at: datetime
    changed_at: datetime

    @property
    def covers(self) -> list[str]:
        """The addresses of its covers, at 300 px: the chosen one, or up to four of its albums."""
        return self.cover_urls()

    def cover_urls(self, size: Size = 300) -> list[str]:
        return [picture.url(size) for picture in self.pictures]


def card_columns(query: sa.Select[Any], person: Person | None, *, names_alone: bool = False) -> sa.Select[Any]:
    """The columns of PlaylistCard for the playlists of a query; `names_alone` saves covers and durations."""
    owner = auth.named_people().subquery("owner")
    nothing = sa.null()
    return query.join(owner, owner.c.id == Playlist.owner_id).with_only_columns(
        Playlist.id,
        Playlist.name,
        Playlist.description,
        Playlist.owner_id,
        owner.c.name.label("owner_name"),
        Playlist.visibility,
        Playlist.songs_count,
        (nothing if names_alone else duration_heard(person)).label("duration_s"),
        Playlist.tint,
        Playlist.cover_id,
        (nothing if names_alone else covers_inside(person)).label("covers_inside"),
        Playlist.rules.is_not(None).label("is_smart"),
        Playlist.hidden_at.is_not(None).label("hidden"),
        Playlist.revision,
        Playlist.created_at,
        Playlist.changed_at,
        maintain_column_froms=True,
    )


def duration_heard(person: Person | None) -> sa.ScalarSelect[Any]:
    """The seconds of those songs of the outer query's playlist that somebody may hear."""
    return of_songs_heard(person, lambda song: sa.func.coalesce(sa.func.sum(song.duration_s), 0.0))


def count_heard(person: Person | None) -> sa.ScalarSelect[Any]:
    """How many entries of the outer query's playlist somebody may hear."""
    return of_songs_heard(person, lambda song: sa.func.count(song.id))


def of_songs_heard(person: Person | None, what: Any) -> sa.ScalarSelect[Any]:
    songs = visible_songs(person).subquery("counted")
    query = (
        sa.select(what(songs.c))
        .select_from(Entry)
        .join(songs, songs.c.id == Entry.song_id)
        .where(Entry.playlist_id == Playlist.id, Entry.removed_at.is_(None))
    )
    return query.correlate(Playlist).scalar_subquery()


def playlist_card(row: Any) -> PlaylistCard:
    """The record of a row that begins with `card_columns`."""
    id_, name, description, owner_id, owner_name, visibility, songs_count, duration_s = row[:8]
    tint, cover_id, inside, is_smart, hidden, revision, created_at, changed_at = row[8:CARD_COLUMNS]
    shown = pictures(id_, cover_id, tint, inside)
    return PlaylistCard(
        id=id_,
        name=name,
        description=description,
        owner_id=owner_id,
        owner_name=owner_name,
        visibility=visibility,
        songs_count=None if is_smart else songs_count,
        duration_s=None if is_smart else duration_s,
        tint=shown[0].tint if shown else tint,
        pictures=shown,
        is_smart=bool(is_smart),
        hidden=bool(hidden),
        revision=revision,
        created_at=created_at,
        changed_at=changed_at,
    )
