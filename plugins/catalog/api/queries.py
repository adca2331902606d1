"""What lists of the API can be asked for: which rows, and in which order."""

from typing import Literal

from pydantic import Field

from musicapp.api import PageQuery, Query
from musicapp.paging import MOST
from plugins.catalog.api.bodies import Id, Kind, Year
from plugins.catalog.services import Narrowing

Scope = Literal["mine", "all"]
USUAL_LIMITS = (PageQuery.model_fields["limit"].default, MOST)


class ListQuery(PageQuery):
    """What every list is asked for."""

    @property
    def is_usual(self) -> bool:
        """Whether many ask for the same: the beginning of a whole list, in an order that stays."""
        said = self.model_fields_set - {"sort", "limit"}
        return not said and self.limit in USUAL_LIMITS and getattr(self, "sort", "") != "random"

    @property
    def key(self) -> str:
        """The words of this query, for what is kept."""
        return self.model_dump_json(exclude_unset=True)


class MusicQuery(ListQuery):
    """What songs and albums are chosen by."""

    scope: Scope | None = Field(None, description="`mine`: an artist's own, drafts too; `all`: everything, for staff.")
    artist: Id | None = None
    genre: Id | None = None
    year: Year | None = None
    from_year: Year | None = Field(None, description="The earliest year.")
    to_year: Year | None = Field(None, description="The latest year.")
    sort: Literal["newest", "title", "popular", "year", "random"] = Field(
        "newest", description="`random` is another order each time, and its `next` goes on in it."
    )

    def narrowing(self) -> Narrowing:
        """The part that narrows a list, as services take it."""
        return Narrowing(
            artist_id=self.artist,
            genre_id=self.genre,
            year=self.year,
            from_year=self.from_year,
            to_year=self.to_year,
        )


class SongsQuery(MusicQuery):
    """Which songs, and in which order."""

    explicit: bool = Field(True, description="`false` leaves out what its artist labelled as explicit.")


class AlbumsQuery(MusicQuery):
    """Which albums, and in which order."""

    kind: Kind | None = None


class ArtistsQuery(ListQuery):
    """Which artists, and in which order."""

    genre: Id | None = None
    sort: Literal["name", "popular", "newest", "random"] = "name"


class GenresQuery(Query):
    """In which order genres come."""

    sort: Literal["name", "popular"] = "name"
