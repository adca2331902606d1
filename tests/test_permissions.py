"""Claims about permissions: every route answers every kind of person as `docs/permissions.md` says, by hand."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from musicapp.database import db
from tests.conftest import on_one_database
from tests.permissions.calls import Calls
from tests.permissions.table import PEOPLE, VERDICTS, lines, routes
from tests.permissions.world import World

LINES = lines()


@on_one_database
def test_every_route_stands_in_the_table_and_nothing_else_does(app: Flask) -> None:
    written = {(line.method, line.path) for line in LINES}
    there = set(routes(app))
    assert sorted(there - written) == [], "these routes are missing in docs/permissions.md"
    assert sorted(written - there) == [], "docs/permissions.md speaks of routes that are not there"


def test_the_table_says_one_thing_of_each_route_and_thing() -> None:
    named = [(line.method, line.path, line.of) for line in LINES]
    assert len(named) == len(set(named))
    assert {told for line in LINES for told in line.told.values()} <= VERDICTS


@on_one_database
@pytest.mark.timeout(600)
@pytest.mark.parametrize("person", PEOPLE)
def test_every_route_answers_as_the_table_says(
    person: str, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(app)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    calls = Calls(app, world, person, kept_as_it_is(app, tmp_path))
    # Who may do what is decided before a page is drawn, and drawing them would take most of the time.
    monkeypatch.setattr("flask.templating._render", lambda *_drawn: "")
    otherwise = []
    for line in LINES:
        told = calls.told(line)
        if told != line.told[person]:
            otherwise.append(f"{line}: {told} instead of {line.told[person]}")
    assert not otherwise, "\n".join(otherwise)


def kept_as_it_is(app: Flask, folder: Path) -> Callable[[], None]:
    """What puts the database back as it is now."""
    with app.app_context():
        path = Path(db.engine.url.database or "")
        db.session.remove()
        db.engine.dispose()
    kept = shutil.copyfile(path, folder / "kept.db")

    def put_back() -> None:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)
        shutil.copyfile(kept, path)

    return put_back
