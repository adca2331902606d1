"""What plugins contribute to reports. They need nothing of this plugin: blocks, spans and columns are the site's."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from musicapp.blocks import Block, Section
from musicapp.sheets import Column, Value
from musicapp.sheets.plans import Change, Row
from musicapp.spans import Readers, Span

Scope = Literal["member", "artist", "admin"]
"""Whose rows an export holds: those of one account, of one artist, or of the whole site."""


@dataclass
class Audience:
    """Who gets a monthly report of this kind: `(span, after, limit)` answers `(person_id, subject_id, title)`.

    They come in the order of (person_id, subject_id), later than the pair `after`, at most `limit`. `subject_id` is 0
    where the report is about the person; `title` names what it is about otherwise, as an artist.
    """

    call: Callable[[Span, tuple[int, int], int], Sequence[tuple[int, int, str]]]
    name: str
    title: str
    words: str


@dataclass
class ReportSection:
    """A part of a report for one audience: `(person_id, subject_id, span)` answers its blocks, none for nothing.

    Audiences are those of `reports.audience` ("listener", "artist", "admin"), and "year", "news" and "digest": a
    listener's year, what is new for somebody since they were last here, and what a chat is told of a day. `order` is
    its place, low first. `for_many` answers the same for many readers at once, by (person_id, subject_id): a report
    that goes to everybody asks it, so that it costs statements by the hundred readers, not by each.
    """

    call: Callable[[int, int, Span], Sequence[Block]]
    name: str
    audience: str
    heading: str
    order: int = 50
    for_many: Callable[[Readers], Mapping[tuple[int, int], Sequence[Block]]] | None = None


@dataclass
class Reminder:
    """Who is to be reminded now: `(at, after, limit)` answers `(person_id, key, subject, blocks)` by rising person_id.

    It begins after the person `after` and answers all that concerns each of at most `limit` people; it is asked again
    until it answers nothing. The same `key` reminds the same person once. `order` says which reminder goes first where
    several concern somebody, low first: a week brings one. `holds` is asked when the letter is sent, with the person
    and the key; `concerns` says who is offered the choice.
    """

    call: Callable[[datetime, int, int], Iterable[tuple[int, str, str, Sequence[Block | Section]]]]
    name: str
    title: str
    words: str
    order: int = 50
    holds: Callable[[int, str], bool] | None = None
    concerns: Callable[[Any], bool] | None = None


@dataclass
class Export:
    """Rows that may be taken out: `(person_id, subject_id, span)` answers them one by one, in the order of `columns`.

    `count` answers how many there will be, for the bar. `scope` says whose they are; `right` who may take them.
    `dated` exports take days from and to. What is about something, as an artist, brings two more: `subjects` answers
    `(subject_id, title)` of those that somebody is offered, `title_of` the title of one, and refuses by raising who
    may not take its rows.
    """

    call: Callable[[int, int, Span], Iterator[Sequence[Value]]]
    name: str
    title: str
    words: str
    columns: list[Column]
    count: Callable[[int, int, Span], int]
    scope: Scope = "member"
    right: str = "member"
    dated: bool = False
    subjects: Callable[[int], Sequence[tuple[int, str]]] | None = None
    title_of: Callable[[int, int], str] | None = None


@dataclass
class Import:
    """A sheet that may be brought in: `(person_id, subject_id, rows)` answers what each row would change.

    There is one answer for each row, in their order. Nothing is written before `apply(person_id, subject_id, change)`
    is called with one of the answers, inside a unit of work of its own; what either refuses is told to who asked. What
    `apply` answers, as JSON, is what `undo(person_id, subject_id, change, way_back)` gets as the last: it takes the row
    back, in a unit of work again, the last row first, and refuses by the names of columns what was changed since.
    Without `undo` nobody is offered it. `needed` are the columns without which nothing can be done, `export` the name
    of the export with the same columns.
    """

    call: Callable[[int, int, Sequence[Row]], list[Change]]
    apply: Callable[[int, int, Change], dict[str, Any] | None]
    name: str
    title: str
    words: str
    columns: list[Column]
    scope: Scope = "artist"
    right: str = "member"
    needed: Sequence[str] = ()
    export: str = ""
    undo: Callable[[int, int, Change, dict[str, Any]], None] | None = None


@dataclass
class News:
    """What chats may be told as it happens: `(since, until)` answers `(key, text, url, picture_url)`, the oldest first.

    The same `key` is posted once to each chat. `right` is what a chat's owner must hold to choose it.
    """

    call: Callable[[datetime, datetime], Sequence[tuple[str, str, str, str]]]
    name: str
    title: str
    words: str = ""
    right: str = field(default="site.admin")
