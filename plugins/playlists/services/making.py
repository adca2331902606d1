"""Making playlists and changing what they are called, who may see them, and what they look like."""

from collections.abc import Callable, Sequence
from typing import Any, TypedDict, Unpack

import sqlalchemy as sa

from musicapp import emit
from musicapp.database import session, writing
from musicapp.errors import Conflict, Invalid
from plugins.catalog import services as catalog
from plugins.catalog.services import Person, text_of
from plugins.playlists.events import PlaylistCreated
from plugins.playlists.models import Change, Playlist
from plugins.playlists.services.changing import note, note_change
from plugins.playlists.services.entries.adding import put_in
from plugins.playlists.services.names import give_name, name_of, named_once
from plugins.playlists.services.seeing import own_playlist
from plugins.playlists.services.smart.songs import kept_rules

VISIBILITIES = ("private", "unlisted", "public")
LONGEST_DESCRIPTION = 2_000
OF_WORDS = ("renamed", "described", "shown_to")


class PlaylistWords(TypedDict, total=False):
    """What can be said about a playlist; only what is given is changed."""

    name: str
    description: str
    visibility: str


def create_playlist(
    person: Person,
    name: str,
    *,
    description: str = "",
    visibility: str = "private",
    song_ids: Sequence[int] = (),
    rules: dict[str, Any] | None = None,
) -> int:
    """The id of a new playlist with these songs, or a smart one when it has rules.

    Raises Conflict when the person has a playlist of this name, Invalid for what does not fit, and NotFound when a
    song is not for them.
    """
    name = name_of(name)
    if rules is not None and song_ids:
        raise Invalid("A smart playlist has no songs of its own.", {"songs": ["Rules choose the songs of this one."]})
    with writing() as unit:
        playlist = Playlist(
            owner_id=person.id,
            description=text_of(description, LONGEST_DESCRIPTION),
            visibility=visibility_of(visibility),
            rules=None if rules is None else kept_rules(rules),
            revision=1,
        )
        give_name(playlist, name)
        with named_once(name):
            unit.add(playlist)
            unit.flush()
        note(playlist, person, "created", name=name)
        if song_ids:
            put_in(playlist, person, song_ids)
        emit(PlaylistCreated(playlist.id, person.id))
    return playlist.id


def change_playlist(person: Person, playlist_id: int, revision: int | None, **words: Unpack[PlaylistWords]) -> None:
    """Change what is given of one's own playlist.

    Raises Conflict when its words were changed since `revision` (None: whatever they are), or the name is taken.
    """
    changes: dict[str, Callable[[Playlist, Person, Any], None]]
    changes = {"name": rename, "description": describe, "visibility": show_to}
    with writing():
        playlist = own_playlist(person, playlist_id)
        refuse_if_changed(playlist, revision)
        for field, change in changes.items():
            if field in words:
                change(playlist, person, words[field])  # type: ignore[literal-required]


def rename(playlist: Playlist, person: Person, raw: str) -> None:
    name, before = name_of(raw), playlist.name
    if name == before:
        return
    with named_once(name):
        give_name(playlist, name)
        session().flush()
    note_change(playlist, person, "renamed", name=name, before=before)


def describe(playlist: Playlist, person: Person, raw: str) -> None:
    description = text_of(raw, LONGEST_DESCRIPTION)
    if description != playlist.description:
        playlist.description = description
        note_change(playlist, person, "described")


def show_to(playlist: Playlist, person: Person, raw: str) -> None:
    visibility = visibility_of(raw)
    if visibility != playlist.visibility:
        playlist.visibility = visibility
        note_change(playlist, person, "shown_to", visibility=visibility)


def refuse_if_changed(playlist: Playlist, revision: int | None) -> None:
    """Refuse words written upon older ones; songs that came or went meanwhile are in nobody's way."""
    if revision is None or revision == playlist.revision:
        return
    query = sa.select(Change.of).where(Change.playlist_id == playlist.id, Change.kind.in_(OF_WORDS))
    last = session().scalar(query.order_by(Change.id.desc()).limit(1))
    if last is not None and last["revision"] > revision:
        raise Conflict(f"“{playlist.name}” changed since you opened it. Nothing was saved; load it again.")


def change_cover(person: Person, playlist_id: int, cover_id: int | None) -> None:
    """Give one's own playlist a cover that `keep_cover` kept, or with None let it show those of its albums again.

    Raises Conflict for a cover that was removed meanwhile.
    """
    with writing():
        playlist = own_playlist(person, playlist_id)
        if playlist.cover_id == cover_id:
            return
        playlist.tint = "grey" if cover_id is None else catalog.tint_to_wear(cover_id)
        playlist.cover_id = cover_id
        note_change(playlist, person, "cover")


def visibility_of(raw: str) -> str:
    if raw not in VISIBILITIES:
        sentence = f"This must be one of {', '.join(VISIBILITIES)}."
        raise Invalid(sentence, {"visibility": [sentence]})
    return raw
