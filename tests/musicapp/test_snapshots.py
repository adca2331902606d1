"""Long reads see one moment, while others go on writing."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask

from musicapp.database import WriteOutsideWriting, session, writing
from musicapp.site.models import StoredSetting
from musicapp.snapshots import one_snapshot, streamed

COUNT = sa.select(sa.func.count()).select_from(StoredSetting)


def add_settings(app: Flask, first: int) -> None:
    """Write thirty rows, as another process would."""
    with app.app_context(), writing() as unit:
        unit.add_all([StoredSetting(plugin="tides", name=f"name {first + n}", value=n) for n in range(30)])


def test_what_is_written_meanwhile_is_not_seen_and_nothing_can_be_written(app: Flask) -> None:
    add_settings(app, 0)
    with app.app_context(), ThreadPoolExecutor(1) as others, one_snapshot():
        before = session().scalar(COUNT)
        rows = streamed(sa.select(StoredSetting.name).where(StoredSetting.plugin == "tides"), at_once=10)
        first = next(rows)
        others.submit(add_settings, app, 30).result(20)
        assert len([first, *rows]) == 30
        assert session().scalar(COUNT) == before
        with pytest.raises(WriteOutsideWriting):
            session().execute(sa.delete(StoredSetting))
    with app.app_context():
        assert session().scalar(COUNT) == before + 30
