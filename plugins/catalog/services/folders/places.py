"""Where songs of a folder belong: each gets its artist, album and genre, inside `writing()`.

The rows of the artists are the lock for what must be there once.
"""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from musicapp.database import insert_for, session
from plugins.catalog.models import Genre
from plugins.catalog.services.folders.albums import find_albums
from plugins.catalog.services.folders.arriving import Arrival
from plugins.catalog.services.folders.artists import artist_ids, lock_artists
from plugins.catalog.services.folders.naming import fold


def find_places(arrivals: list[Arrival], artist_id: int | None, published_at: datetime | None) -> None:
    """Give every arrival its artist, album and genre; `artist_id` names the one artist of all."""
    names = {} if artist_id else {name for one in arrivals for name in (one.named.artist, one.named.album_artist)}
    artists = artist_ids(names)
    genres = genre_ids({one.facts.tags.genre for one in arrivals if one.facts.tags.genre})
    lock_artists({artist_id} if artist_id else set(artists.values()))
    for one in arrivals:
        one.artist_id = artist_id or artists[fold(one.named.artist)]
        one.genre_id = genres.get(fold(one.facts.tags.genre or ""))
    in_albums = [one for one in arrivals if one.named.album]
    owners = [artist_id or artists[fold(one.named.album_artist)] for one in in_albums]
    find_albums(list(zip(in_albums, owners, strict=True)), published_at)


def genre_ids(names: Iterable[str]) -> dict[str, int]:
    """Genres by their folded names, made where there are none."""
    wanted = {key: name for name in names if (key := fold(name))}
    if not wanted:
        return {}
    query = sa.select(Genre.name_key, Genre.id).where(Genre.name_key.in_(wanted))
    found = dict(session().execute(query).all())
    missing = [{"name": name, "name_key": key} for key, name in wanted.items() if key not in found]
    if missing:
        session().execute(insert_for(Genre.__table__).on_conflict_do_nothing(), missing)
        found = dict(session().execute(query).all())
    return found
