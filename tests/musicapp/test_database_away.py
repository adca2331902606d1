"""Claims about requests whose database is full, locked or away: told as what passes, and told from our own slips."""

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from musicapp import errors
from musicapp.backup.restoring.databases import engine_of
from tests.musicapp.mail_sink import free_port


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    made = sa.create_engine(f"sqlite:///{tmp_path / 'words.db'}", connect_args={"timeout": 0}, poolclass=sa.NullPool)
    with made.begin() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        connection.exec_driver_sql("CREATE TABLE words (text)")
    return made


def fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # no more than there are
        connection.exec_driver_sql("INSERT INTO words VALUES (zeroblob(100000))")


def find_it_locked(engine: sa.Engine) -> None:
    with engine.connect() as other, engine.connect() as connection:
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        connection.exec_driver_sql("INSERT INTO words VALUES ('late')")


def find_nobody(_engine: sa.Engine) -> None:
    with sa.create_engine(f"postgresql+psycopg://127.0.0.1:{free_port()}/words").connect():
        raise AssertionError("nobody is there")


def find_it_sealed(engine: sa.Engine) -> None:
    sealed = f"sqlite:///file:{engine.url.database}?mode=ro&uri=true"
    with engine_of(sealed) as ours, ours.execution_options(writing=True).connect() as connection:
        connection.exec_driver_sql("INSERT INTO words VALUES ('late')")


def write_out_of_turn(engine: sa.Engine) -> None:
    with engine_of(str(engine.url)) as ours, ours.connect() as connection:
        connection.exec_driver_sql("INSERT INTO words VALUES ('early')")


def slip(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT word FROM words")


@pytest.mark.parametrize(
    ("act", "status", "words"),
    [
        (fill, 503, "not saved"),
        (find_it_locked, 503, "not saved"),
        (find_nobody, 503, "not saved"),
        (find_it_sealed, 503, "not saved"),
        (slip, 500, "our side"),
        (write_out_of_turn, 500, "our side"),
    ],
)
def test_what_the_database_cannot_do_now_is_503(
    engine: sa.Engine, act: Callable[[sa.Engine], None], status: int, words: str
) -> None:
    answered = answer_to(lambda: act(engine))
    assert (answered.status_code, answered.headers.get("Retry-After")) == (status, "60" if status == 503 else None)
    assert words in answered.get_json()["message"]


def test_what_is_beyond_a_database_is_a_slip_of_ours(database: str) -> None:
    columns = ", ".join(["1"] * 3000)
    with engine_of(database) as engine, engine.connect() as connection:
        assert answer_to(lambda: connection.exec_driver_sql(f"SELECT {columns}")).status_code == 500


def answer_to(act: Callable[[], object]) -> TestResponse:
    """What somebody reads whose request does this."""
    app = Flask(__name__)
    errors.init_app(app)
    app.add_url_rule("/", "act", lambda: act() or "done", methods=["POST"])
    return app.test_client().post("/", headers={"Accept": "application/json"})
