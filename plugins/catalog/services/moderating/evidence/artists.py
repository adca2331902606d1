"""An artist as evidence."""

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.evidence import Evidence, Fact, facts_about
from plugins.catalog.models import Album, Artist, Follow, Song
from plugins.catalog.services.membership import accounts_of
from plugins.catalog.services.moderating.evidence.parts import day_of, listeners_of, picture_url, said, state_of


def artist_evidence(artist_id: int) -> Evidence | None:
    """An artist with what helps to judge them; None where they are gone for good."""
    artist = session().get(Artist, artist_id)
    if artist is None:
        return None
    songs = sa.and_(Song.artist_id == artist_id, Song.deleted_at.is_(None))
    albums = sa.and_(Album.artist_id == artist_id, Album.deleted_at.is_(None))
    owners, reach = accounts_of(artist_id), listeners_of(songs)
    facts: dict[str, Fact | None] = {
        "Songs": count(Song.id, songs),
        "Releases": count(Album.id, albums),
        "Hidden songs": count(Song.id, sa.and_(songs, Song.hidden_at.is_not(None))),
        "Plays": artist.plays,
        "Listeners": reach,
        "Followers": count(Follow.user_id, Follow.artist_id == artist_id),
        "Accounts": len(owners),
        "Links": ", ".join(link["url"] for link in artist.links),
        "Here since": day_of(artist.created_at),
    }
    return Evidence(
        title=artist.name,
        url=url_of("catalog.artist", artist_id=artist_id),
        owner_ids=frozenset(owners),
        picture_url=picture_url("artist", artist_id, artist.cover_id),
        tint=artist.tint,
        words=artist.bio,
        facts={**said(facts), **facts_about("artist", artist_id)},
        state=state_of(artist.hidden_at, None),
        reach=reach,
        published_at=artist.created_at,
    )


def count(column: sa.SQLColumnExpression[int], which: sa.ColumnElement[bool]) -> int:
    return session().scalar(sa.select(sa.func.count(column)).where(which)) or 0
