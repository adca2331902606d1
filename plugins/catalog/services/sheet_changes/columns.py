"""The columns of a sheet of songs: what stands in each, and which rule of the studio reads it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from musicapp.errors import Invalid
from musicapp.sheets import Column, Value
from plugins.catalog.services.editing.credits import LONGEST_NAME, LONGEST_ROLE, Credit, credits_of
from plugins.catalog.services.editing.songs import LINES, NUMBERS, TEXTS
from plugins.catalog.services.genres import NAME_LIMIT
from plugins.catalog.services.words import line_of, number_of, text_of, title_of

LONGEST_TITLE = 200
ID = Column("id", "The number of the song; it says which one a row is about, so leave it as it is.", "whole number")
ARTIST = Column("artist", "Whose song it is. This cannot be changed here.")


@dataclass(frozen=True)
class Editable:
    """A column that may be changed: `field` is its name in `SongChanges`, `reads` makes what stands there of a cell.

    `reads` raises Invalid for what breaks a rule.
    """

    column: Column
    field: str
    reads: Callable[[Value], Any]


def title(cell: Value) -> str:
    return title_of(whole(cell, "title", LONGEST_TITLE))


def line(name: str, limit: int) -> Callable[[Value], str]:
    """One line of at most so many characters, or nothing."""
    return lambda cell: line_of(whole(cell, name, limit), limit)


def text(name: str) -> Callable[[Value], str]:
    return lambda cell: text_of(whole(cell, name, TEXTS[name]), TEXTS[name])


def number(name: str) -> Callable[[Value], int | None]:
    def reads(cell: Value) -> int | None:
        return number_of(None if cell is None else int(str(cell)), name, *NUMBERS[name])

    return reads


def whole(cell: Value, name: str, limit: int) -> str:
    """A cell's words; raises Invalid where they would have to be cut."""
    words = "" if cell is None else str(cell)
    if len(words) > limit:
        sentence = f"At most {limit:,} characters; these are {len(words):,}."
        raise Invalid(sentence, {name: [sentence]})
    return words


def credits(cell: Value) -> list[dict[str, str]]:
    """Credits, one a line: “Vocals: Ada Quist”."""
    given: list[Credit] = []
    for said in filter(None, map(str.strip, str(cell or "").split("\n"))):
        role, colon, name = said.partition(":")
        if not colon:
            sentence = f"“{said[:40]}” does not say who did what. Write each on a line of its own: “Vocals: Ada Quist”."
            raise Invalid(sentence, {"credits": [sentence]})
        given.append({"role": whole(role, "credits", LONGEST_ROLE), "name": whole(name, "credits", LONGEST_NAME)})
    return credits_of(given)


def credits_in_words(credits: Sequence[Mapping[str, str]]) -> str:
    """Credits as a cell says them."""
    return "\n".join(f"{credit['role']}: {credit['name']}" for credit in credits)


EDITABLE = (
    Editable(Column("title", "Its title, at most 200 characters."), "title", title),
    Editable(
        Column("album", "The title of one of the artist's albums; a new one is made as a draft. Empty: a single."),
        "album",
        line("album", LONGEST_TITLE),
    ),
    Editable(Column("disc", "The number of the disc.", "whole number"), "disc_no", number("disc_no")),
    Editable(Column("track", "Its number on the disc.", "whole number"), "track_no", number("track_no")),
    Editable(Column("year", "The year, such as 2026.", "whole number"), "year", number("year")),
    Editable(Column("genre", "The genre, one only."), "genre", line("genre", NAME_LIMIT)),
    Editable(
        Column("explicit", "Whether it has explicit words: yes or no.", "yes or no"),
        "explicit",
        bool,
    ),
    Editable(
        Column("licence", "One of the usual ones, as CC BY 4.0, or words of one's own."),
        "licence",
        line("licence", LINES["licence"]),
    ),
    Editable(
        Column("release date", "The day it first came out, as 2026-03-14.", "day"), "released_on", lambda cell: cell
    ),
    Editable(Column("credits", "Who did what, each on a line: “Vocals: Ada Quist”."), "credits", credits),
    Editable(Column("description", "What the page of the song says about it."), "description", text("description")),
)
COLUMNS = [ID, EDITABLE[0].column, ARTIST, *(one.column for one in EDITABLE[1:])]
COLUMN_OF_FIELD = {one.field: one.column.name for one in EDITABLE}
