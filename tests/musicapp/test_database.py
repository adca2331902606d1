"""Claims about `writing()` and the session, on SQLite and PostgreSQL."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from musicapp.clock import now
from musicapp.database import WriteOutsideWriting, after_commit, db, session, writing
from musicapp.site.models import StoredSetting
from tests.conftest import on_one_database


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def row(name: str, value: object = 1) -> StoredSetting:
    return StoredSetting(plugin="test", name=name, value=value)


def count() -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(StoredSetting)) or 0


def value_of(name: str) -> object:
    db.session.rollback()
    return db.session.scalar(sa.select(StoredSetting.value).where(StoredSetting.name == name))


def test_a_unit_commits_all_or_nothing(context: None) -> None:
    with writing() as unit:
        unit.add(row("kept"))
    with pytest.raises(ZeroDivisionError), writing() as unit:
        unit.add(row("lost"))
        unit.flush()
        raise ZeroDivisionError
    assert count() == 1


def test_inner_units_join_the_outer_one(context: None) -> None:
    with pytest.raises(ZeroDivisionError), writing():
        with writing() as inner:
            inner.add(row("inner"))
        raise ZeroDivisionError
    assert count() == 0


def test_a_swallowed_failure_inside_does_not_half_commit(context: None) -> None:
    with pytest.raises(RuntimeError, match="swallowed"), writing() as unit:
        unit.add(row("first half"))
        try:
            with writing():
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert count() == 0


def test_objects_changed_outside_a_unit_are_refused(context: None) -> None:
    db.session.add(row("outside"))
    with pytest.raises(WriteOutsideWriting):
        db.session.flush()
    db.session.rollback()


def test_statements_outside_a_unit_are_refused(context: None) -> None:
    with pytest.raises(WriteOutsideWriting):
        db.session.execute(sa.delete(StoredSetting))


def test_raw_sql_outside_a_unit_is_refused_by_the_database(context: None) -> None:
    with pytest.raises(WriteOutsideWriting if db.engine.dialect.name == "sqlite" else DBAPIError):
        db.session.execute(sa.text("DELETE FROM site_setting"))
    db.session.rollback()


def test_a_commit_inside_a_unit_is_refused(context: None) -> None:
    with pytest.raises(RuntimeError, match="do not commit"), writing():
        session().commit()


def test_what_waits_for_the_commit_runs_once_after_it(context: None) -> None:
    seen: list[int] = []
    with writing() as unit:
        unit.add(row("one"))
        with writing():
            after_commit(lambda: seen.append(count()))
        assert seen == []
    assert seen == [1]


def test_what_waits_for_a_commit_is_dropped_when_it_fails(context: None) -> None:
    seen: list[int] = []
    with pytest.raises(ZeroDivisionError), writing():
        after_commit(lambda: seen.append(1))
        raise ZeroDivisionError
    assert seen == []


def test_a_failing_callback_costs_only_itself(context: None) -> None:
    seen: list[str] = []
    with writing():
        after_commit(lambda: 1 / 0)  # type: ignore[arg-type, return-value]
        after_commit(lambda: seen.append("next"))
    assert seen == ["next"]


def test_a_naive_time_is_refused(context: None) -> None:
    with pytest.raises(Exception, match="time zone"), writing() as unit:
        unit.add(StoredSetting(plugin="test", name="naive", value=1, changed_at=now().replace(tzinfo=None)))


def test_times_come_back_aware_and_the_same(context: None) -> None:
    moment = now()
    with writing() as unit:
        unit.add(StoredSetting(plugin="test", name="when", value=1, changed_at=moment))
    db.session.rollback()
    assert db.session.scalar(sa.select(StoredSetting.changed_at)) == moment


def test_deliberate_partial_failure_is_possible(context: None) -> None:
    with writing() as unit:
        unit.add(row("twice"))
        unit.flush()
        with pytest.raises(IntegrityError), unit.begin_nested():
            unit.execute(sa.insert(StoredSetting).values(plugin="test", name="twice", value=2, changed_at=now()))
        unit.add(row("after"))
    assert count() == 2


@on_one_database
def test_a_lock_that_another_program_holds_is_asked_for_again_and_told_in_the_end(
    context: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.engine.dispose()
    monkeypatch.setattr("musicapp.database.PRAGMAS", ("busy_timeout=0", "foreign_keys=ON"))
    with closing(sqlite3.connect(str(db.engine.url.database), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"), writing():
            raise AssertionError("the lock was not waited for")
        monkeypatch.setattr("musicapp.database.time.sleep", lambda _pause_s: other.rollback())
        with writing() as unit:
            unit.add(row("late"))
    assert value_of("late") == 1


def test_parallel_read_then_write_loses_nothing(app: Flask) -> None:
    """The read is locked where the database does not lock the whole unit; without it updates are lost."""
    with app.app_context(), writing() as unit:
        unit.add(row("counter", 0))
    errors: list[BaseException] = []

    def add_many() -> None:
        try:
            with app.app_context():
                for _ in range(25):
                    with writing() as unit:
                        found = unit.scalars(sa.select(StoredSetting).with_for_update()).one()
                        found.value += 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=add_many) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert (errors, value_of("counter")) == ([], 150)
