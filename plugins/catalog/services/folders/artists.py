"""Artists of folders: found or made for many songs at once, inside `writing()`."""

from collections.abc import Iterable

import sqlalchemy as sa

from musicapp.database import insert_for, session
from musicapp.errors import Conflict
from plugins.catalog.models import Artist, ArtistMember, FolderFile, Song
from plugins.catalog.services.folders.naming import fold

# An artist of a folder is nobody's account: a stranger who took a band's name does not get its music.
OF_FOLDERS = sa.or_(
    ~sa.exists().where(ArtistMember.artist_id == Artist.id).correlate(Artist),
    sa.exists().where(FolderFile.song_id == Song.id, Song.artist_id == Artist.id).correlate(Artist),
)


def artist_ids(names: Iterable[str]) -> dict[str, int]:
    """The artists of folders by their folded names; those that are not there are made, without members."""
    wanted = {fold(name): name for name in names}
    query = sa.select(Artist.name_key, Artist.id).where(Artist.name_key.in_(wanted), OF_FOLDERS)
    found: dict[str, int] = dict(session().execute(query.order_by(Artist.id.desc())).all()) if wanted else {}
    missing = [{"name": name, "name_key": key} for key, name in wanted.items() if key not in found]
    if missing:
        made = insert_for(Artist).returning(Artist.name_key, Artist.id)
        found.update((key, number) for key, number in session().execute(made, missing))
    return found


def lock_artists(ids: set[int]) -> None:
    locked = sa.select(Artist.id).where(Artist.id.in_(ids)).order_by(Artist.id)
    session().execute(locked.with_for_update(key_share=True)).all()


def chosen_artist(name: str) -> int:
    """The artist that all songs go to, made when there is none of this name; raises Conflict for several."""
    found = session().scalars(sa.select(Artist.id).where(Artist.name_key == fold(name)).limit(2)).all()
    if len(found) > 1:
        raise Conflict(f"There are several artists called “{name}”. Rename one of them first.")
    return found[0] if found else artist_ids([name])[fold(name)]
