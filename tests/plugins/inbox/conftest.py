"""Two people and what is told them."""

from collections.abc import Callable

import pytest
from flask import Flask

from musicapp.database import writing
from plugins.inbox.services import tell
from tests.people import Somebody, add_person

Teller = Callable[..., None]


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """Somebody who is told things."""
    return add_person(app, "Mira")


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """Somebody else."""
    return add_person(app, "Nils")


@pytest.fixture
def telling(app: Flask) -> Teller:
    """Tells people so many things, each under a key of its own."""

    def tell_them(*people: Somebody, count: int = 1, kind: str = "inbox.account", url: str = "/songs") -> None:
        with app.app_context(), writing():
            for number in range(count):
                tell([one.id for one in people], kind, key=f"told-{number}", text=f"Thing {number}.", url=url)

    return tell_them
