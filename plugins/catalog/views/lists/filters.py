"""What a list is narrowed to: read from the address, mild with what does not fit, and told as chips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from plugins.catalog.services import GenreCard
from plugins.catalog.services.narrowing import Narrowing

LARGEST = 2**31 - 1
LATEST_YEAR = 2999


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None narrows nothing. Years are inclusive."""

    artist: int | None = None
    genre: int | None = None
    first: int | None = None
    last: int | None = None
    kind: str | None = None
    clean: bool = False

    @property
    def any(self) -> bool:
        return self != Filters()

    def narrowing(self) -> Narrowing:
        """As the services take it."""
        return Narrowing(artist_id=self.artist, genre_id=self.genre, from_year=self.first, to_year=self.last)

    def in_address(self, *, without: str = "") -> dict[str, Any]:
        """As an address says it, perhaps without one of them."""
        given = {"artist": self.artist, "genre": self.genre, "from": self.first, "to": self.last, "kind": self.kind}
        given["clean"] = "1" if self.clean else None
        return {name: value for name, value in given.items() if value is not None and name != without}


@dataclass(frozen=True)
class Chip:
    """One filter that holds, and the address of the list without it."""

    words: str
    url: str


def filters_asked(kinds: Sequence[str] = ()) -> Filters:
    """The filters in the address of this list."""
    kind = request.args.get("kind")
    return Filters(
        artist=number_asked("artist"),
        genre=number_asked("genre"),
        first=number_asked("from", LATEST_YEAR),
        last=number_asked("to", LATEST_YEAR),
        kind=kind if kind in kinds else None,
        clean=request.args.get("clean") == "1",
    )


def number_asked(name: str, most: int = LARGEST) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= most else None


def chips(
    filters: Filters,
    sort: str,
    genres: Sequence[GenreCard],
    *,
    artist: str = "",
    kinds: Mapping[str, str] | None = None,
) -> list[Chip]:
    """The filters that hold, in words; `artist` is the name of the one that the list is narrowed to."""
    names = {genre.id: genre.name for genre in genres}
    words = {
        "artist": f"By {artist or 'one artist'}",
        "genre": names.get(filters.genre or 0, "A genre that is gone"),
        "from": f"From {filters.first}",
        "to": f"Until {filters.last}",
        "kind": (kinds or {}).get(filters.kind or "", ""),
        "clean": "Without explicit songs",
    }
    return [
        Chip(words[name], url_for(request.endpoint or "", sort=sort, **filters.in_address(without=name)))
        for name in filters.in_address()
    ]
