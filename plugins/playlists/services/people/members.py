"""Collaborators: whom the owner of a playlist let see or change it, and until when."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp import emit
from musicapp.addresses import url_of
from musicapp.database import insert_for, session, writing
from musicapp.errors import Conflict, Forbidden, Invalid, NotFound
from plugins.auth import services as auth
from plugins.catalog.services import Person, sees_all
from plugins.inbox.services import tell
from plugins.playlists.events import CollaboratorJoined, CollaboratorLeft
from plugins.playlists.models import Collaborator, Playlist
from plugins.playlists.services.changing import note
from plugins.playlists.services.seeing import NOT_HERE, is_known_to, known_id, own_playlist, role_of

ROLES = ("viewer", "editor")
MOST_MEMBERS = 100
NOT_AMONG_THEM = "They are not among those who see this playlist."


@dataclass(frozen=True)
class Member:
    """Somebody who sees or changes a playlist; its owner is one of them."""

    person_id: int
    name: str
    role: str
    joined_at: datetime


def members_of_playlist(person: Person, playlist_id: int) -> list[Member]:
    """The owner of a playlist and whom they let in, the first first; for these people and who looks after the site."""
    owner = auth.named_people().subquery("owner")
    query = sa.select(Playlist.owner_id, owner.c.name, Playlist.created_at, role_of(person))
    query = query.join(owner, owner.c.id == Playlist.owner_id).where(Playlist.id == known_id(playlist_id))
    row = session().execute(query.where(is_known_to(person))).one_or_none()
    if row is None or not (row.role or sees_all(person)):
        raise NotFound(NOT_HERE)
    return [Member(row[0], row[1], "owner", row[2]), *collaborators_of(playlist_id)]


def collaborators_of(playlist_id: int) -> list[Member]:
    """Whom the owner of a playlist let in, the first first; for who knows already that the reader is one of them."""
    people = auth.named_people().subquery("people")
    let_in = (
        sa.select(people.c.id, people.c.name, Collaborator.role, Collaborator.joined_at)
        .join(people, people.c.id == Collaborator.user_id)
        .where(Collaborator.playlist_id == playlist_id)
        .order_by(Collaborator.joined_at, people.c.id)
    )
    return [Member(*found) for found in session().execute(let_in)]


def add_collaborator(person: Person, playlist_id: int, name: str, role: str) -> int:
    """Let somebody see or change one's own playlist, found by their exact name; answers their id, and tells them.

    Raises NotFound when nobody goes by this name, Conflict when several do (a link reaches the right one).
    """
    role = role_of_collaborator(role)
    called = auth.people_called(name)
    if len(called) != 1:
        nobody, several = "Nobody here goes by exactly this name.", "Several people go by this name. Send a link."
        raise Conflict(several, {"name": [several]}) if called else NotFound(nobody, {"name": [nobody]})
    with writing():
        playlist = own_playlist(person, playlist_id)
        if called[0] == playlist.owner_id:
            raise Conflict("This playlist is yours already.", {"name": ["This is you."]})
        let_in(playlist, called[0], role)
        note(playlist, person, "invited", person_id=called[0], name=name.strip(), role=role)
        tell_invited(playlist, person, called[0], role)
    return called[0]


def let_in(playlist: Playlist, person_id: int, role: str) -> None:
    """Make somebody a collaborator of a playlist that is locked; raises Conflict when they are one."""
    count = sa.select(sa.func.count()).where(Collaborator.playlist_id == playlist.id)
    if session().execute(count).scalar_one() >= MOST_MEMBERS:
        raise Conflict(f"At most {MOST_MEMBERS} people share a playlist.")
    values = {"playlist_id": playlist.id, "user_id": person_id, "role": role}
    added = insert_for(Collaborator).values(**values).on_conflict_do_nothing().returning(Collaborator.user_id)
    if session().execute(added).scalar() is None:
        raise Conflict("They share this playlist already.", {"name": ["They share this playlist already."]})
    emit(CollaboratorJoined(playlist.id, person_id, role))


def set_role(person: Person, playlist_id: int, person_id: int, role: str) -> None:
    """Let a collaborator of one's own playlist see it (`viewer`) or change it (`editor`)."""
    role = role_of_collaborator(role)
    with writing():
        playlist = own_playlist(person, playlist_id)
        member = member_of(playlist, person_id)
        if member.role != role:
            member.role = role
            note(playlist, person, "role", person_id=person_id, role=role)


def remove_collaborator(person: Person, playlist_id: int, person_id: int) -> None:
    """Let somebody no longer share a playlist: its owner anybody, everybody themselves.

    What they added stays, and so do links that nobody used: those are the owner's.
    """
    with writing() as unit:
        query = sa.select(Playlist).where(Playlist.id == known_id(playlist_id), is_known_to(person))
        playlist = unit.scalars(query.with_for_update(of=Playlist, key_share=True)).one_or_none()
        if playlist is None:
            raise NotFound(NOT_HERE)
        if person.id not in (playlist.owner_id, person_id):
            raise Forbidden("Only the owner of this playlist can do this.")
        unit.delete(member_of(playlist, person_id))
        note(playlist, person, "left" if person.id == person_id else "sent_away", person_id=person_id)
        emit(CollaboratorLeft(playlist.id, person_id))


def member_of(playlist: Playlist, person_id: int) -> Collaborator:
    is_it = Collaborator.user_id == known_id(person_id, NOT_AMONG_THEM)
    member = (
        session().scalars(sa.select(Collaborator).where(Collaborator.playlist_id == playlist.id, is_it)).one_or_none()
    )
    if member is None:
        raise NotFound(NOT_AMONG_THEM)
    return member


def role_of_collaborator(raw: str) -> str:
    if raw not in ROLES:
        sentence = f"This must be one of {', '.join(ROLES)}."
        raise Invalid(sentence, {"role": [sentence]})
    return raw


def tell_invited(playlist: Playlist, person: Person, person_id: int, role: str) -> None:
    does = "change" if role == "editor" else "see"
    text = f"{person.name} lets you {does} the playlist “{playlist.name}”."
    url = url_of("playlists.playlist", playlist_id=playlist.id)
    # The key has the moment, for the number may be that of a playlist that is gone for ever.
    key = f"playlists.invited:{playlist.id}:{playlist.created_at.isoformat()}"
    tell([person_id], "playlists.invited", key=key, text=text, url=url, by_id=person.id)
