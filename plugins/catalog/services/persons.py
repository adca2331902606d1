"""Who asks: what the services of music need to know of a person."""

from dataclasses import dataclass
from typing import Protocol

from flask import current_app

from musicapp.errors import Refused
from musicapp.security import holds


class Person(Protocol):
    """Somebody who is signed in; a visitor is None."""

    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def role_names(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Staff:
    """No one in particular of those who look after the site: what is asked as them is answered whole."""

    id: int = 0
    name: str = ""
    role_names: frozenset[str] = frozenset({"moderator"})


class LogInFirst(Refused):
    """Only people who are signed in may do this."""

    status = 401


def sees_all(person: Person | None) -> bool:
    """Whether somebody looks after the site, and so sees drafts and hidden music of everybody."""
    return person is not None and holds(person.role_names, "catalog.see_all")


def manages(person: Person | None) -> bool:
    """Whether somebody may change everybody's music."""
    return person is not None and holds(person.role_names, "catalog.manage")


def may_browse(person: Person | None) -> bool:
    """Whether somebody may look at the catalogue; visitors may unless the site is closed to them."""
    return person is not None or current_app.config["VISITORS"] != "nothing"


def may_listen(person: Person | None) -> bool:
    """Whether somebody may hear what is published; visitors may where the site lets them listen."""
    return person is not None or current_app.config["VISITORS"] == "listen"
