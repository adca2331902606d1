"""The numbers of the site for programs."""

from typing import Any

from flask import Response
from pydantic import Field

from musicapp.api import Query, answer
from musicapp.numbers.reading import Course, courses
from musicapp.site import plugin


class NumbersQuery(Query):
    """How far back."""

    days: int = Field(90, ge=1, le=1100, description="Days up to yesterday.")


@plugin.api.get("/numbers", permission="site.admin", query=NumbersQuery)
def numbers(query: NumbersQuery) -> Response:
    """What the overview shows: each number by day, as far as it is known, and now; a sum's `now` is today's."""
    return answer([shape(course) for course in courses(query.days)])


def shape(course: Course) -> dict[str, Any]:
    number = course.number
    return {
        "name": number.name,
        "title": number.title,
        "kind": number.kind,
        "unit": number.unit,
        "beside": number.beside or None,
        "now": course.now,
        "days": [{"day": day.isoformat(), "value": value} for day, value in sorted(course.days.items())],
    }
