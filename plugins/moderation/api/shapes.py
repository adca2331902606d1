"""Records of moderation as the API writes them: the same fields, as JSON."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.auth.services import Person
from plugins.moderation.services import MyDecision, MyReport


@dataclass(frozen=True)
class Received:
    """A report that was taken in: the id of its case."""

    id: int


@dataclass(frozen=True)
class MyPart:
    """A case as those see it who reported the thing, or whose it is."""

    id: int
    kind: str
    title: str
    reports: list[MyReport]
    decisions: list[MyDecision]


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def shape(record: Any) -> Any:
    """A record of the services as JSON."""
    return adapter(type(record)).dump_python(record, mode="json")


def shapes(page: Page[Any]) -> Page[Any]:
    """A page of records as JSON."""
    return Page([shape(row) for row in page.rows], page.next)


def person_who_asks() -> Person:
    """Who asks, behind a permission that no visitor holds."""
    person: Person = signed_in()
    return person
