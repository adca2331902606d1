"""What the overview says of each number: how much, beside the month before, and how it went for 90 days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from flask import url_for
from werkzeug.routing import BuildError

from musicapp.blocks.numbers import Change, change_of, in_words, pieces
from musicapp.blocks.sentences import series_in_words
from musicapp.blocks.shapes import Figure, Series
from musicapp.charts import Spark, draw_spark
from musicapp.numbers import growth
from musicapp.numbers.asking import today
from musicapp.numbers.keeping import A_DAY, REACH
from musicapp.numbers.reading import Course
from musicapp.site.own_numbers import DISK_USED

COMPARED = timedelta(days=30)


@dataclass(frozen=True)
class Panel:
    """One picture of the overview with its words; `drawn` says in a sentence what the picture shows."""

    name: str
    title: str
    pieces: list[tuple[str, str]]
    words: str
    change: Change | None
    spark: Spark | None
    drawn: str
    url: str
    lines: list[str] = field(default_factory=list)


def panels_of(courses: Sequence[Course]) -> list[Panel]:
    """A panel for each number that stands for itself; the others stand in words below it."""
    shown = {course.number.name for course in courses if not course.number.beside}
    beside: dict[str, list[Course]] = {name: [] for name in shown}
    for course in courses:
        beside.setdefault(course.number.beside, []).append(course)
    return [panel_of(course, beside[course.number.name]) for course in courses if course.number.name in shown]


def panel_of(course: Course, beside: Sequence[Course]) -> Panel:
    number = course.number
    figure, words = (month_of if number.kind == "sum" else level_of)(course)
    series = series_of(course)
    lines = [said for one in beside if (said := line_of(one))]
    if number.name == DISK_USED:
        free = next((one.now for one in beside if one.number.name == "site.disk_free"), None)
        lines += [growth.in_words(course.days, free)] if free is not None else []
    return Panel(
        name=number.name,
        title=number.title,
        pieces=pieces(figure.value, number.unit),
        words=words,
        change=change_of(figure),
        spark=draw_spark(values_of(course)) if course.days else None,
        drawn=series_in_words(series),
        url=address_of(number.page),
        lines=lines,
    )


def month_of(course: Course) -> tuple[Figure, str]:
    """A sum over the last 30 days, today among them, beside the 30 before, as far as they are known."""
    first = today() - COMPARED + A_DAY
    whole, before = course.total(first, today() - A_DAY), course.total(first - COMPARED, first - A_DAY)
    known = COMPARED.days
    if whole is None:
        days = [value for day, value in course.days.items() if day >= first]
        whole, known, before = sum(days), len(days) + 1, None
    so_far = course.now or 0
    words = f"in {known} {'days' if known > 1 else 'day'}, {in_words(so_far, course.number.unit)} of them today"
    number = course.number
    return Figure(number.title, whole + so_far, before, number.unit, good=number.good), words


def level_of(course: Course) -> tuple[Figure, str]:
    """What there is now beside 30 days ago."""
    before = course.days.get(today() - COMPARED)
    return Figure(course.number.title, course.now, before, course.number.unit, good=course.number.good), ""


def values_of(course: Course) -> list[int | None]:
    """The days of the picture, the oldest first, with today at their end."""
    first = today() - REACH + A_DAY
    return [*(course.days.get(first + place * A_DAY) for place in range(REACH.days - 1)), course.now]


def series_of(course: Course) -> Series:
    """The same days as they are said."""
    days = sorted(day for day in course.days if day > today() - REACH)
    values = [*(course.days[day] for day in days), course.now or 0]
    labels = [f"{day.day} {day:%b}" for day in [*days, today()]]
    each = "" if course.number.kind == "now" else " a day"
    return Series(f"{course.number.title}{each}", labels, list(values), unit=course.number.unit)


def line_of(course: Course) -> str:
    """A number in words: “3 waiting”, or for a sum “12 given up in 30 days”."""
    figure, words = (month_of if course.number.kind == "sum" else level_of)(course)
    if figure.value is None:
        return ""
    title = course.number.one if figure.value == 1 and course.number.one else course.number.title
    said = f"{in_words(figure.value, figure.unit)} {title}"
    return said if course.number.kind == "now" else f"{said} {words.partition(',')[0]}"


def address_of(page: str) -> str:
    """Where a number's page is; "" for one that has none, or whose plugin does not run."""
    endpoint, _, anchor = page.partition("#")
    try:
        return url_for(endpoint, _anchor=anchor or None) if endpoint else ""
    except BuildError:
        return ""
