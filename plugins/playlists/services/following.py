"""Following the public playlists of others."""

import sqlalchemy as sa

from musicapp.database import insert_for, writing
from musicapp.errors import Conflict, NotFound
from plugins.catalog.services import Person
from plugins.playlists.models import Follow, Playlist
from plugins.playlists.services.seeing import NOT_HERE, is_known_to, known_id, role_of


def follow_playlist(person: Person, playlist_id: int) -> None:
    """Keep another's public playlist among one's own, and be told when it grows; twice is as once."""
    query = sa.select(Playlist.visibility, role_of(person))
    with writing() as unit:
        found = unit.execute(query.where(Playlist.id == known_id(playlist_id), is_known_to(person))).one_or_none()
        if found is None:
            raise NotFound(NOT_HERE)
        visibility, role = found
        if role == "owner":
            raise Conflict("This playlist is yours already.")
        if visibility != "public":
            raise Conflict("Only public playlists can be followed.")
        unit.execute(insert_for(Follow).values(user_id=person.id, playlist_id=playlist_id).on_conflict_do_nothing())


def unfollow_playlist(person: Person, playlist_id: int) -> None:
    """Follow a playlist no longer."""
    with writing() as unit:
        unit.execute(sa.delete(Follow).where(Follow.user_id == person.id, Follow.playlist_id == known_id(playlist_id)))
