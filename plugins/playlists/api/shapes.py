"""Playlists as the API writes them."""

from collections.abc import Sequence
from typing import Any

from musicapp.paging import Page
from plugins.catalog.services import Person, song_shapes
from plugins.playlists.services import ChangeRow, EntryRow, Invitation, Member, PlaylistCard, PlaylistDetail

Shape = dict[str, Any]


def playlist_shape(card: PlaylistCard) -> Shape:
    """A playlist in a list."""
    covers = card.covers
    return {
        "id": card.id,
        "name": card.name,
        "description": card.description,
        "visibility": card.visibility,
        "owner": {"id": card.owner_id, "name": card.owner_name},
        "songs_count": card.songs_count,
        "duration_s": None if card.duration_s is None else round(card.duration_s, 3),
        "smart": card.is_smart,
        "cover_url": covers[0] if covers else None,
        "cover_urls": covers,
        "revision": card.revision,
        "created_at": card.created_at.isoformat(),
        "changed_at": card.changed_at.isoformat(),
    }


def detail_shape(detail: PlaylistDetail) -> Shape:
    """A playlist by itself, without its songs. Its owner alone sees rules, which tell what they rate and play."""
    shape = {
        **playlist_shape(detail.card),
        "role": detail.role,
        "followers_count": detail.followers_count,
        "followed": detail.follows,
    }
    if detail.rules is not None and detail.role == "owner":
        shape["rules"] = detail.rules
    return {**shape, "flagged": detail.card.hidden} if detail.role == "owner" or detail.card.hidden else shape


def whole_shape(person: Person | None, detail: PlaylistDetail, entries: Page[EntryRow]) -> Shape:
    """A playlist with a page of its songs in order, and the cursor of the next."""
    return {**detail_shape(detail), "songs": entry_shapes(person, entries.rows), "next": entries.next}


def entry_shapes(person: Person | None, entries: Sequence[EntryRow]) -> list[Shape]:
    """Songs with their places; for an editor one that is not heard at present stands there without words."""
    songs = {shape["id"]: shape for shape in song_shapes(person, [entry.song for entry in entries if entry.song])}
    return [{**(songs[entry.song.id] if entry.song else {"id": None}), **place_shape(entry)} for entry in entries]


def place_shape(entry: EntryRow) -> Shape:
    """Where a song stands; what rules chose has no place of its own."""
    if not entry.id:
        return {}
    added_by = {"id": entry.added_by_id, "name": entry.added_by_name} if entry.added_by_id else None
    added_at = entry.added_at.isoformat() if entry.added_at else None
    return {"entry_id": entry.id, "added_by": added_by, "added_at": added_at}


def member_shape(member: Member) -> Shape:
    """Somebody who sees or changes a playlist."""
    joined_at = member.joined_at.isoformat()
    return {"id": member.person_id, "name": member.name, "role": member.role, "joined_at": joined_at}


def invitation_shape(invitation: Invitation) -> Shape:
    """An invitation that waits; its link was told only once."""
    return {
        "id": invitation.id,
        "role": invitation.role,
        "invited_by": invitation.invited_by,
        "expires_at": invitation.expires_at.isoformat(),
    }


def change_shape(change: ChangeRow) -> Shape:
    """A line of a playlist's history."""
    return {
        "id": change.id,
        "kind": change.kind,
        "person": {"id": change.person_id, "name": change.person_name} if change.person_id else None,
        "made_at": change.made_at.isoformat(),
        "of": {name: value for name, value in change.of.items() if name in TOLD},
        "songs": [{"id": song.id, "title": song.title} for song in change.songs],
    }


TOLD = ("count", "name", "before", "visibility", "role", "person_id")
