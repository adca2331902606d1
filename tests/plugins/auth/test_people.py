"""People and roles as services, for other plugins."""

from contextlib import suppress
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import db
from musicapp.errors import Conflict, NotFound
from musicapp.pages import local
from musicapp.spans import span_to
from plugins.auth.models import User
from plugins.auth.services import Person, admins, counting, give_role, passwords, people, suspending, take_role
from plugins.auth.services.months import accounts_of_month
from tests.people import add_person, set_up
from tests.plugins.auth.conftest import at_once


def test_the_last_admin_stays_one(app: Flask) -> None:
    boss = add_person(app, "Boss", role="admin")
    with app.app_context():
        assert admins() == 2
        take_role(boss.id, "admin")
        [last] = [user for user in all_people() if "admin" in user.role_names]
        with pytest.raises(Conflict):
            take_role(last.id, "admin")


def all_people() -> list[User]:
    return list(db.session.scalars(sa.select(User)))


def test_of_admins_who_all_step_down_at_once_one_stays(app: Flask) -> None:
    for number in range(5):
        add_person(app, f"Boss {number}", role="admin")
    with app.app_context():
        ids = [user.id for user in all_people() if "admin" in user.role_names]

    def step_down(person_id: int) -> None:
        with suppress(Conflict):
            take_role(person_id, "admin")

    at_once(app, *(partial(step_down, person_id) for person_id in ids))
    with app.app_context():
        assert len(ids) == 6 and admins() == 1


def test_of_many_who_take_one_address_at_once_one_gets_it(app: Flask) -> None:
    outcomes: list[str] = []

    def take() -> None:
        try:
            people.add_person("Ada", "ada@example.org", passwords.hashed("a long one indeed"))
            outcomes.append("made")
        except Conflict:
            outcomes.append("taken")

    at_once(app, *[take] * 8)
    assert sorted(outcomes) == ["made"] + ["taken"] * 7


def test_a_suspended_admin_does_not_count(app: Flask) -> None:
    set_up(app)
    boss = add_person(app, "Boss", role="admin")
    with app.app_context():
        suspending.suspend(boss.id, now() + timedelta(days=1))
        assert admins() == 1


def test_there_are_four_roles(app: Flask) -> None:
    ada = add_person(app)
    with app.app_context():
        with pytest.raises(NotFound):
            give_role(ada.id, "owner")
        for role in ("admin", "moderator", "artist", "user"):
            give_role(ada.id, role)
        assert people.person_with_id(ada.id).role_names == {"admin", "moderator", "artist", "user"}


def test_who_asks_cannot_be_changed_by_mistake() -> None:
    person = Person("s", 1, "Ada", "ada@example.org", "f", frozenset(), now(), None)
    with pytest.raises(AttributeError):
        person.nickname = "Eve"  # type: ignore[attr-defined]
    assert not hasattr(person, "__html__")


def test_who_waits_for_approval_counts_in_no_number(app: Flask) -> None:
    with app.app_context():
        before = numbers()
        people.add_person("Ada", "ada@example.org", "", waits=True)
        assert numbers() == before == [1, 1, 1, 1]
        people.add_person("Mira", "mira@example.org", "")
        assert numbers() == [2, 2, 2, 2]


def numbers() -> list[int]:
    """Accounts in all and new ones: those of the overview, and those of the report of a month."""
    today = local(now()).date()
    [figures] = accounts_of_month(span_to(today, 30))
    new = sum(counting.new_people(today, today).values())
    return [counting.people(), new, *(figure.value for figure in figures.figures[:2])]
