"""What programs may say about music: the shapes of the bodies that make and change it."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from musicapp.api import Body
from plugins.catalog.moments import publication

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]
Title = Annotated[str, Field(min_length=1, max_length=200)]
Year = Annotated[int, Field(ge=1000, le=2999)]
TrackNo = Annotated[int, Field(ge=1, le=9999)]
Publish = Annotated[datetime | None, BeforeValidator(publication)]


class SongBody(Body):
    """What can be said about a song; what is not given stays as it is."""

    title: Title = ""
    album: str = Field(
        "", max_length=200, description="Title of one of the artist's albums, made when new; empty: none."
    )
    genre: str = Field("", max_length=80)
    track_no: TrackNo | None = None
    disc_no: Annotated[int, Field(ge=1, le=999)] | None = None
    year: Year | None = None
    lyrics: str = Field("", max_length=20_000)
    licence: str = Field("", max_length=200)
    explicit: bool = False
    publish: Publish = Field(None, description="`now`, `draft` or a time.")


class AlbumBody(Body):
    """What can be said about an album; what is not given stays as it is."""

    title: Title = ""
    genre: str = Field("", max_length=80)
    year: Year | None = None
    released_on: date | None = None
    description: str = Field("", max_length=10_000)
    publish: Publish = Field(None, description="`now`, `draft` or a time.")
    songs: list[Id] = Field([], max_length=500, description="Every song of the album once, in the order wanted.")


class NewAlbumBody(Body):
    """What is said about a new album, which is a draft."""

    title: Title
    artist_id: Id | None = None
    genre: str = Field("", max_length=80)
    year: Year | None = None
    released_on: date | None = None
    description: str = Field("", max_length=10_000)


class ArtistBody(Body):
    """What can be said about an artist; what is not given stays as it is."""

    name: str = Field("", min_length=1, max_length=120)
    bio: str = Field("", max_length=5_000)
