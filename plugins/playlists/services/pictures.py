"""What playlists look like: the cover that was chosen, or those of the first albums in them."""

from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.services import Person, cover_by_id, visible_albums, visible_songs
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.seeing import is_known_to, known_id

Size = Literal[96, 300, 600]
MOST = 4
LOOKED_AT = 60


@dataclass(frozen=True)
class Picture:
    """A cover of a playlist: chosen for it, or worn by one of its songs."""

    cover_id: int
    tint: str
    song_id: int | None = None
    playlist_id: int | None = None

    def url(self, size: Size = 300) -> str:
        """Its address; the number behind `v` is the cover's own, so that another cover has another address."""
        if self.song_id is not None:
            return url_of("catalog.song_cover", song_id=self.song_id, size=size, v=self.cover_id)
        return url_of("playlists.api.cover", playlist_id=self.playlist_id or 0, size=size, v=self.cover_id)


def covers_inside(person: Person | None) -> sa.ScalarSelect[Any]:
    """The covers of the first songs of the outer query's playlist that somebody may hear, as one text for `pictures`.

    In the same statement as the rest of a list: a statement for each playlist would be one too many, and so would be
    reading all entries of long ones.
    """
    songs, albums = visible_songs(person).subquery("heard"), visible_albums(person).subquery("shown")
    cover_id = sa.func.coalesce(songs.c.cover_id, albums.c.cover_id)
    own_tint = sa.or_(songs.c.cover_id.is_not(None), songs.c.tint_is_chosen)
    tint = sa.case((own_tint, songs.c.tint), else_=sa.func.coalesce(albums.c.tint, songs.c.tint))
    first = (
        sa.select(Entry.place, Entry.id, songs.c.id.label("song_id"), cover_id.label("cover_id"), tint.label("tint"))
        .join(songs, songs.c.id == Entry.song_id)
        .outerjoin(albums, albums.c.id == songs.c.album_id)
        .where(Entry.playlist_id == Playlist.id, Entry.removed_at.is_(None))
        .order_by(Entry.place, Entry.id)
        .limit(LOOKED_AT)
        .correlate(Playlist)
        .subquery("first")
    )
    columns = (first.c.place, first.c.id, first.c.song_id, first.c.cover_id)
    parts = [sa.cast(column, sa.String) + ":" for column in columns]
    one = parts[0] + parts[1] + parts[2] + parts[3] + first.c.tint
    text = sa.select(sa.func.aggregate_strings(one, " ")).where(first.c.cover_id.is_not(None))
    return text.correlate(Playlist).scalar_subquery()


def pictures(playlist_id: int, chosen_id: int | None, tint: str, inside: str | None) -> tuple[Picture, ...]:
    """The chosen cover, or up to four different ones of those in the text of `covers_inside`, in the list's order."""
    if chosen_id is not None:
        return (Picture(chosen_id, tint, playlist_id=playlist_id),)
    found: dict[int, Picture] = {}
    rows = [one.split(":") for one in (inside or "").split()]
    for _, _, song_id, cover_id, of_song in sorted(rows, key=lambda row: (int(row[0]), int(row[1]))):
        found.setdefault(int(cover_id), Picture(int(cover_id), of_song, song_id=int(song_id)))
    return tuple(found.values())[:MOST]


def chosen_cover(person: Person | None, playlist_id: int, size: Size) -> tuple[str, str]:
    """Storage key and ETag of the cover that was chosen for a playlist; raises NotFound."""
    query = sa.select(Playlist.cover_id).where(Playlist.id == known_id(playlist_id), is_known_to(person))
    cover_id = session().scalar(query)
    if cover_id is None:
        raise NotFound("There is no such cover, or you may not see it.")
    return cover_by_id(cover_id, size)
