"""Claims about telling: once for each person, by the ways that they chose."""

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.database import db, writing
from plugins.inbox.models import Alert
from plugins.inbox.services import tell
from tests.people import add_person


def told(app: Flask) -> list[tuple[object, ...]]:
    with app.app_context():
        return [tuple(row) for row in db.session.execute(sa.select(Alert.user_id, Alert.text).order_by(Alert.id))]


def test_each_person_is_told_once_and_who_caused_it_never(app: Flask) -> None:
    ada, nils, mira = (add_person(app, name).id for name in ("Ada", "Nils", "Mira"))
    with app.app_context(), writing():
        tell([ada, nils, mira], "inbox.account", key="a", text="One.", by_id=nils)
        tell([ada, ada], "inbox.account", key="a", text="Once more.")
        tell([nils], "inbox.account", key="b", text="Another.")
    assert told(app) == [(ada, "One."), (mira, "One."), (nils, "Another.")]
    with app.app_context(), pytest.raises(LookupError, match=r"inbox\.account"), writing():
        tell([ada], "inbox.acount", key="c", text="A slip.")
