"""What the API of playlists takes: the shapes of bodies and queries, and who asks."""

from typing import Annotated, Any, Literal

from pydantic import Field

from musicapp.api import Body, PageQuery, Query
from musicapp.errors import Invalid
from musicapp.paging import LONGEST_CURSOR, MOST
from musicapp.security import signed_in
from plugins.catalog.services import LogInFirst, Person

MOST_SONGS = 1_000
MOST_ENTRIES = 100_000
Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
EntryId = Annotated[int, Field(ge=1, le=2**53)]
Songs = Annotated[list[Id], Field(max_length=MOST_SONGS)]
AllSongs = Annotated[list[Id], Field(max_length=MOST_ENTRIES)]
AllEntries = Annotated[list[EntryId], Field(max_length=MOST_ENTRIES)]
Visibility = Literal["private", "unlisted", "public"]
Role = Literal["viewer", "editor"]


class PlaylistsQuery(PageQuery):
    """Which playlists, and in which order."""

    scope: Literal["mine", "shared", "followed", "public"] = Field(
        "mine", description="`shared`: others let me see or change them; `followed`: I follow them."
    )
    sort: Literal["changed", "name"] = "changed"


class SongsQuery(Query):
    """Which part of a playlist's songs."""

    limit: int = Field(MOST, ge=1, le=MOST, description="Songs in one answer.")
    cursor: str | None = Field(None, max_length=LONGEST_CURSOR, description="The `next` of the songs before.")


class PlaylistBody(Body):
    """What is said about a new playlist."""

    name: str = Field(min_length=1, max_length=400, description="At most 120 characters, each only once among mine.")
    description: str = Field("", max_length=2_000)
    visibility: Visibility = "private"
    songs: Songs = Field([], description="Songs in their order; one may stand there several times.")
    rules: dict[str, Any] | None = Field(None, description="Rules make it a smart playlist, which has no own songs.")


class PlaylistChangesBody(Body):
    """What can be changed of a playlist; what is not given stays as it is."""

    name: str = Field("", min_length=1, max_length=400)
    description: str = Field("", max_length=2_000)
    visibility: Visibility = "private"
    songs: AllSongs = Field([], description="The songs that it has then, in this order.")
    rules: dict[str, Any] = Field({}, description="Other rules of a smart playlist.")
    revision: int | None = Field(
        None, ge=1, description="What was read; 409 when its words or rules were changed since."
    )


class AddedSongsBody(Body):
    """Songs that come into a playlist."""

    songs: Songs = Field(min_length=1, description="Songs in their order.")
    before: EntryId | None = Field(None, description="The entry before which they stand; without it they come last.")


class OrderBody(Body):
    """All of a playlist in a new order, by its entries or by its songs."""

    entries: AllEntries | None = Field(None, description="Every entry once.")
    songs: AllSongs | None = Field(None, description="Every song as often as it stands in the playlist.")


class EntriesBody(Body):
    """Some entries of a playlist."""

    entries: AllEntries = Field(min_length=1)


class MovedBody(EntriesBody):
    """Entries and where they go."""

    before: EntryId | None = Field(description="The entry before which they stand then; null: at the end.")


class RemovalQuery(Query):
    """From which playlist."""

    playlist: str = Field("", max_length=400, description="Its id or its name; without it, from all of mine.")


class CollaboratorBody(Body):
    """Whom to let in, by the exact name that they go by."""

    name: str = Field(min_length=1, max_length=60)
    role: Role = "viewer"


class RoleBody(Body):
    """What somebody may do with a playlist."""

    role: Role = "viewer"


def person_who_asks() -> Person:
    """Who is signed in; raises LogInFirst for a visitor."""
    person: Person | None = signed_in()
    if person is None:
        raise LogInFirst("Please log in first.")
    return person


def one_of_two(body: OrderBody) -> None:
    """Refuse an order that says neither entries nor songs, or both."""
    if (body.entries is None) == (body.songs is None):
        sentence = "Name the order by `entries` or by `songs`."
        raise Invalid(sentence, {"entries": [sentence]})
