"""An album as evidence."""

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.evidence import Evidence, Fact, facts_about
from plugins.catalog.models import Album, Artist, Genre, Song
from plugins.catalog.services.albums import IN_ORDER
from plugins.catalog.services.membership import accounts_of
from plugins.catalog.services.moderating.evidence.parts import day_of, ended, listeners_of, picture_url, said, state_of

SONGS_NAMED = 30


def album_evidence(album_id: int) -> Evidence | None:
    """An album in any state with what helps to judge it; None where it is gone for good."""
    columns = sa.select(Album, Artist.name, Genre.name).where(Album.id == album_id)
    joined = columns.join(Artist, Artist.id == Album.artist_id).outerjoin(Genre, Genre.id == Album.genre_id)
    row = session().execute(joined).one_or_none()
    if row is None:
        return None
    album, artist, genre = row
    in_order = sa.select(Song.title).where(Song.album_id == album_id).order_by(*IN_ORDER).limit(SONGS_NAMED)
    songs, reach = session().scalars(in_order).all(), listeners_of(Song.album_id == album_id)
    facts: dict[str, Fact | None] = {
        "Kind": album.kind,
        "Songs": ", ".join(f"“{title}”" for title in songs),
        "Genre": genre,
        "Plays": album.plays,
        "Listeners": reach,
        "Year": album.year,
        "Made": day_of(album.created_at),
        **ended(album.deleted_at, album.removed_at),
    }
    return Evidence(
        title=album.title,
        url=url_of("catalog.album", album_id=album_id),
        by=artist,
        by_url=url_of("catalog.artist", artist_id=album.artist_id),
        owner_ids=frozenset(accounts_of(album.artist_id)),
        picture_url=picture_url("album", album_id, album.cover_id),
        tint=album.tint,
        words=album.description,
        facts={**said(facts), **facts_about("album", album_id)},
        state=state_of(album.hidden_at, album.deleted_at),
        reach=reach,
        published_at=album.published_at,
    )
