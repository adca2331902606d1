"""What programs may say about music: the shapes of the bodies that make and change it."""

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from musicapp.api import Body
from musicapp.routing import LARGEST_ID
from plugins.catalog.moments import publication


def listed(given: Any) -> Any:
    """A list as JSON brings it, or as the JSON text in a form's field."""
    try:
        return json.loads(given) if isinstance(given, str) else given
    except (ValueError, RecursionError):
        raise ValueError("This must be a list, as JSON") from None


class CreditBody(Body):
    """One person and what they did."""

    role: str = Field(max_length=60)
    name: str = Field(max_length=120)


class LinkBody(Body):
    """An address and what it is called; without a label it is called after its site."""

    label: str = Field("", max_length=60)
    url: str = Field(max_length=500)


Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Year = Annotated[int, Field(ge=1000, le=2999)]
TrackNo = Annotated[int, Field(ge=1, le=9999)]
DiscNo = Annotated[int, Field(ge=1, le=999)]
Publish = Annotated[datetime | None, BeforeValidator(publication)]
Credits = Annotated[list[CreditBody], BeforeValidator(listed), Field(max_length=100)]
Links = Annotated[list[LinkBody], BeforeValidator(listed), Field(max_length=20)]
Order = Annotated[list[Id], BeforeValidator(listed), Field(max_length=500)]
Discs = Annotated[list[DiscNo | None], BeforeValidator(listed), Field(max_length=500)]
Kind = Literal["album", "ep", "single", "compilation", "live"]
Tint = Annotated[str, Field(max_length=4, description="0 to 23 or grey; empty: that of the cover.")]
Version = Annotated[
    int | None, Field(ge=1, description="What was read; 409 when it was changed since. `If-Match` says the same.")
]
Rights = Annotated[bool, Field(description="You made this music or may publish it; needed where nobody said so yet.")]


class SongBody(Body):
    """What can be said about any song."""

    title: Title = ""
    album: str = Field(
        "", max_length=200, description="Title of one of the artist's albums, made when new; empty: none."
    )
    genre: str = Field("", max_length=80)
    track_no: TrackNo | None = None
    year: Year | None = None
    lyrics: str = Field("", max_length=20_000)
    licence: str = Field("", max_length=200)
    explicit: bool = False
    publish: Publish = Field(None, description="`now`, `draft` or a time.")


class SongChangesBody(SongBody):
    """What can be changed of a song; what is not given stays as it is."""

    disc_no: DiscNo | None = None
    released_on: date | None = None
    description: str = Field("", max_length=10_000)
    credits: Credits = []
    tint: Tint = ""
    rights: Rights = False
    version: Version = None


class NewAlbumBody(Body):
    """What is said about a new album, which is a draft."""

    title: Title
    artist_id: Id | None = None
    kind: Kind = "album"
    genre: str = Field("", max_length=80)
    year: Year | None = None
    released_on: date | None = None
    description: str = Field("", max_length=10_000)
    credits: Credits = []
    tint: Tint = ""


class AlbumChangesBody(Body):
    """What can be changed of an album; what is not given stays as it is."""

    title: Title = ""
    kind: Kind = "album"
    genre: str = Field("", max_length=80)
    year: Year | None = None
    released_on: date | None = None
    description: str = Field("", max_length=10_000)
    credits: Credits = []
    tint: Tint = ""
    publish: Publish = Field(None, description="`now`, `draft` or a time.")
    rights: Rights = False
    songs: Order = Field([], description="Every song of the album once, in the order wanted.")
    discs: Discs = Field([], description="The disc of each of `songs`; without it each stays on its disc.")
    version: Version = None


class ArtistChangesBody(Body):
    """What can be changed of an artist; what is not given stays as it is."""

    name: str = Field("", min_length=1, max_length=120)
    bio: str = Field("", max_length=5_000)
    links: Links = []
    tint: Tint = ""


class NewArtistBody(ArtistChangesBody):
    """What is said about a new artist."""

    name: str = Field(min_length=1, max_length=120)


class AlbumSongsBody(Body):
    """Songs that go to the end of an album."""

    songs: Order = Field(description="Songs of the same artist.")
