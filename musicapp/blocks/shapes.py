"""The blocks that a document is made of: plain records that become JSON and come back, page, mail or chat."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

Unit = Literal["", "ms", "bytes", "stars", "percent"]
"""What a number counts: things (""), a length of time, a size, an average of 1 to 5 stars, a share of a hundred."""

Number = Annotated[float, Field(allow_inf_nan=False)]
"""A number that can be said and drawn; others are refused when a document is read."""


@dataclass(frozen=True)
class Figure:
    """One number with its name; `before` is the same of the span before, None where nothing is compared.

    `words` say more below it, as "from 88"; `good` is the way that is good news, "" where neither is.
    """

    label: str
    value: Number | None
    before: Number | None = None
    unit: Unit = ""
    words: str = ""
    good: Literal["up", "down", ""] = "up"


@dataclass(frozen=True)
class Line:
    """A thing in a list: where it leads on this site, a small picture or the tint that stands in for it, its number.

    `tint` is as a feature's.
    """

    title: str
    by: str = ""
    url: str = ""
    picture_url: str = ""
    value: Number | None = None
    before: Number | None = None
    tint: str = ""


@dataclass(frozen=True)
class Headline:
    """The one number that comes first, and a sentence about it."""

    figure: Figure
    words: str = ""


@dataclass(frozen=True)
class Figures:
    """Some numbers side by side."""

    figures: list[Figure]


@dataclass(frozen=True)
class Series:
    """A number through time, one value for each label, beside the span before; drawn as a line, read as a table.

    Raises ValueError for another number of labels than of values.
    """

    title: str
    labels: list[str]
    values: list[Number]
    before: list[Number] = field(default_factory=list)
    unit: Unit = ""
    callout: str = ""

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.values):
            raise ValueError(f"“{self.title}” has {len(self.values)} values, but {len(self.labels)} labels.")


@dataclass(frozen=True)
class Calendar:
    """A number for each day from `first` on, drawn as squares of a calendar."""

    title: str
    first: date
    values: list[Number]
    unit: Unit = ""
    words: str = ""


@dataclass(frozen=True)
class Feature:
    """One thing shown large, with its picture on a ground of its colour.

    `tint` is one of the site's ("0" to "23", "grey"), a colour ("#rrggbb") whose hue is taken, or nothing.
    """

    kicker: str
    line: Line
    words: str = ""
    tint: str = ""


@dataclass(frozen=True)
class Ranking:
    """Things by their number, the highest first; `counts` says what the number is, as "plays"."""

    title: str
    lines: list[Line]
    counts: str = ""
    unit: Unit = ""
    url: str = ""


@dataclass(frozen=True)
class Shares:
    """Parts of a whole, each as a bar."""

    title: str
    lines: list[Line]
    counts: str = ""


@dataclass(frozen=True)
class Tiles:
    """A few things by their pictures."""

    title: str
    lines: list[Line]


@dataclass(frozen=True)
class Words:
    """A paragraph of plain text; `url` is where "more" leads, with `link` as its words."""

    text: str
    url: str = ""
    link: str = ""


Block = Headline | Figures | Series | Calendar | Feature | Ranking | Shares | Tiles | Words


@dataclass(frozen=True)
class Section:
    """Blocks below one heading; without one they follow what stands above."""

    heading: str
    blocks: list[Block]
