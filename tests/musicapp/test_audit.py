"""Claims about the audit log: what is recorded stays as it was recorded."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError

from musicapp import audit
from musicapp.audit.models import Act
from musicapp.database import session, writing


@pytest.mark.parametrize("change", [sa.update(Act).values(reason="another"), sa.delete(Act)])
def test_the_database_refuses_to_change_what_was_recorded(app: Flask, change: sa.Update | sa.Delete) -> None:
    with app.app_context():
        with writing():
            audit.record("site.tried", about=("thing", 7), title="A thing", reason="To see", by=None, colour="red")
        with pytest.raises(DBAPIError, match="only added to"), writing() as unit:
            unit.execute(change)
        session().rollback()
        act = session().scalars(sa.select(Act)).one()
        assert (act.action, act.about_kind, act.about_id, act.reason, act.details) == (
            "site.tried",
            "thing",
            7,
            "To see",
            {"colour": "red"},
        )
        assert act.by_id is None


def test_what_is_rolled_back_was_never_done(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(RuntimeError), writing():
            audit.record("site.tried", by=None)
            raise RuntimeError
        assert session().scalar(sa.select(sa.func.count()).select_from(Act)) == 0
