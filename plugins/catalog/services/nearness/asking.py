"""What pages and programs ask: the songs similar to one, the artists that are often heard with one."""

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Artist, NearSong, Song
from plugins.catalog.services.nearness.candidates import Seed, candidates_of, like_seed, spread
from plugins.catalog.services.nearness.seeds import seed_of
from plugins.catalog.services.persons import Person, may_browse
from plugins.catalog.services.rows import ArtistCard, SongRow, artist_card, artist_columns
from plugins.catalog.services.songs import song_rows
from plugins.catalog.services.visibility import is_public

ARTISTS = 5
BEST_KNOWN = 50


def similar_songs(person: Person | None, song_id: int, limit: int = 20) -> list[SongRow]:
    """The songs that go together with one, the closest first; raises NotFound where somebody may not hear that one.

    First come those that its listeners hear too, then those like it by genre, artist and year. Of each artist two come
    before a third of any.
    """
    return songs_like(person, seed_of(person, "song", song_id), limit)


def songs_like(
    person: Person | None, seed: Seed, limit: int = 20, *, without_artist: int | None = None
) -> list[SongRow]:
    """The songs that go together with those of a seed, the closest first."""
    if not may_browse(person):
        return []
    found = [one for one in candidates_of([(seed, like_seed(seed))])[0] if one.artist_id != without_artist]
    chosen = [one.id for one in spread(found)[:limit]]
    rows = song_rows(person, chosen) if chosen else {}
    return [rows[song_id] for song_id in chosen if song_id in rows]


def artists_near(person: Person | None, artist_id: int, limit: int = ARTISTS) -> list[ArtistCard]:
    """The artists whose songs are heard together with an artist's best known ones; none while too little is known."""
    if not may_browse(person):
        return []
    own = sa.select(Song.id).where(Song.artist_id == artist_id, is_public(Song))
    best = own.order_by(Song.plays.desc(), Song.id.desc()).limit(BEST_KNOWN).subquery()
    score = sa.func.sum(NearSong.score)
    near = (
        sa.select(Song.artist_id.label("id"), score.label("score"))
        .join_from(best, NearSong, NearSong.song_id == best.c.id)
        .join(Song, Song.id == NearSong.other_id)
        .where(Song.artist_id != artist_id, is_public(Song))
        .group_by(Song.artist_id)
        .order_by(score.desc(), Song.artist_id)
        .limit(limit)
        .subquery()
    )
    artists = artist_columns(sa.select(Artist).join(near, near.c.id == Artist.id))
    return [artist_card(row) for row in session().execute(artists.order_by(near.c.score.desc(), Artist.id))]
