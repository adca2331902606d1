"""Claims about what a plugin may say, with real plugins in a real folder."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from musicapp.database import writing
from musicapp.plugins.events import emit
from musicapp.plugins.slots import contributions, slot
from tests.musicapp.plugins.conftest import state
from tests.musicapp.plugins.in_a_folder import write_plugin

Start = Callable[..., Flask]


@dataclass(frozen=True)
class Rang:
    """An event of these tests."""

    times: int


def test_a_single_file_is_a_plugin(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "hello",
        """
        plugin.nav("Hello")

        @plugin.get("/", permission="public")
        def index():
            return "Hello!"
        """,
    )
    app = start("hello")
    assert app.test_client().get("/hello/").text == "Hello!"


def test_a_folder_is_a_plugin_and_its_rooms_are_heard(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "rooms",
        views="""
        from plugins.rooms import plugin

        @plugin.get("/", permission="public")
        def index():
            return "from a room"
        """,
        api="""
        from plugins.rooms import plugin
        from musicapp.api import answer

        @plugin.api.get("/", permission="public")
        def read():
            return answer([1], "read")
        """,
    )
    client = start("rooms").test_client()
    assert client.get("/rooms/").text == "from a room"
    assert client.get("/api/rooms/").json == {"message": "read", "data": [1]}


def test_what_lies_in_the_folder_and_is_not_named_is_disabled_and_says_how_to_enable_it(
    start: Start, folder: Path
) -> None:
    write_plugin(folder, "quiet")
    app = start("auth")
    assert state(app, "quiet").state == "disabled"
    assert "MUSICAPP_PLUGINS" in state(app, "quiet").reason


def test_a_star_enables_all_that_lies_in_the_folders(start: Start, folder: Path) -> None:
    write_plugin(folder, "quiet")
    assert state(start("*"), "quiet").state == "running"


def test_a_slot_shows_what_others_give_and_escapes_it(start: Start, folder: Path) -> None:
    write_plugin(folder, "owner", 'plugin.offers("owner.row")')
    write_plugin(
        folder,
        "giver",
        """
        from markupsafe import Markup

        @plugin.fills("owner.row")
        def badge(song):
            return Markup("<b>{}</b>").format(song)

        @plugin.fills("owner.row")
        def careless(song):
            return "<script>"
        """,
    )
    app = start("owner", "giver")
    with app.test_request_context():
        assert slot("owner.row", song="A & B") == "<b>A &amp; B</b>&lt;script&gt;"


def test_a_filling_that_raises_costs_only_itself(start: Start, folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_plugin(
        folder,
        "owner",
        """
        plugin.offers("owner.row")

        @plugin.fills("owner.row")
        def broken():
            raise RuntimeError("no")

        @plugin.fills("owner.row")
        def sound():
            return "still here"
        """,
    )
    app = start("owner")
    with app.test_request_context(), caplog.at_level(logging.ERROR):
        assert slot("owner.row") == "still here"
    assert "owner failed in its part of “owner.row”" in caplog.text


def test_a_slot_that_nobody_offers_is_named_with_a_hint(start: Start, folder: Path) -> None:
    write_plugin(folder, "owner", 'plugin.offers("owner.row")')
    with start("owner").test_request_context(), pytest.raises(LookupError, match=r"Did you mean “owner\.row”"):
        slot("owner.rows")


def test_a_point_collects_the_owners_records(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "owner",
        """
        from dataclasses import dataclass
        from collections.abc import Callable

        @dataclass
        class Export:
            call: Callable
            columns: list[str]

        plugin.collects("owner.export", Export)
        """,
    )
    write_plugin(
        folder,
        "giver",
        """
        @plugin.contributes("owner.export", columns=["title"])
        def songs():
            return ["One"]
        """,
    )
    with start("owner", "giver").app_context():
        [export] = contributions("owner.export")
        assert (export.columns, export.call()) == (["title"], ["One"])


def test_what_is_given_to_an_absent_owner_lies_idle(start: Start, folder: Path) -> None:
    write_plugin(folder, "giver", '@plugin.fills("absent.row")\ndef badge(): return "x"')
    assert state(start("giver"), "giver").state == "running"


def hear(app: Flask, folder: Path) -> list[int]:
    import plugins.listener as listener  # type: ignore[import-not-found]

    heard: list[int] = listener.heard
    return heard


LISTENER = """
from tests.musicapp.plugins.test_words import Rang
heard = []

@plugin.on(Rang)
def ring(event: Rang):
    heard.append(event.times)

@plugin.on(Rang)
def fail(event):
    raise RuntimeError("no")

@plugin.on(Rang)
def ring_again(event):
    heard.append(event.times)
"""


def test_listeners_hear_after_the_commit_and_one_that_raises_costs_only_itself(start: Start, folder: Path) -> None:
    write_plugin(folder, "listener", LISTENER)
    app = start("listener")
    with app.app_context():
        heard = hear(app, folder)
        with writing():
            emit(Rang(1))
            assert heard == []
        assert heard == [1, 1]


def test_nothing_is_heard_of_what_was_rolled_back(start: Start, folder: Path) -> None:
    write_plugin(folder, "listener", LISTENER)
    app = start("listener")
    with app.app_context(), pytest.raises(ZeroDivisionError), writing():
        emit(Rang(1))
        raise ZeroDivisionError
    with app.app_context():
        assert hear(app, folder) == []


def test_a_durable_listener_becomes_a_job_in_the_same_commit(start: Start, folder: Path) -> None:
    import sqlalchemy as sa

    from musicapp.database import db
    from musicapp.jobs.models import Job

    write_plugin(
        folder,
        "listener",
        """
        from tests.musicapp.plugins.test_words import Rang

        @plugin.on(Rang, durable=True)
        def ring(event: Rang):
            pass
        """,
    )
    with start("listener").app_context():
        with pytest.raises(ZeroDivisionError), writing():
            emit(Rang(1))
            raise ZeroDivisionError
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Job)) == 0
        with writing():
            emit(Rang(2))
        kind, payload = db.session.execute(sa.select(Job.kind, Job.payload)).one()
    assert (kind, payload) == ("listener.on.Rang.ring", {"times": 2})


def test_a_durable_event_comes_back_with_its_own_types(start: Start, folder: Path) -> None:
    from datetime import UTC, date, datetime

    from musicapp.plugins.events import from_payload, to_payload
    from tests.musicapp.plugins.typed_event import Released

    event = Released(7, datetime(2026, 11, 1, 12, tzinfo=UTC), date(2026, 11, 2), None)
    assert from_payload(Released, to_payload(event)) == event


def test_settings_come_typed_from_the_environment_over_the_default(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(
        folder,
        "limits",
        """
        from musicapp.settings import Settings, setting

        class Limits(Settings):
            upload_mb: int = setting(200, "Largest file.", ge=1)
            formats: list[str] = setting(["mp3"], "What is taken.")

        limits = plugin.settings(Limits)

        @plugin.get("/", permission="public")
        def index():
            return f"{limits().upload_mb * 2} {limits().formats}"
        """,
    )
    monkeypatch.setenv("MUSICAPP_LIMITS_UPLOAD_MB", "5")
    assert start("limits").test_client().get("/limits/").text == "10 ['mp3']"


def test_settings_stored_on_the_site_are_checked_and_used(start: Start, folder: Path) -> None:
    from pydantic import ValidationError

    from musicapp.site.stored_settings import site_settings, store_settings

    app = start("site")
    with app.test_request_context():
        store_settings("site", {"name": "Harbour Radio"})
        with pytest.raises(ValidationError):
            store_settings("site", {"name": ""})
    with app.test_request_context():
        assert site_settings().name == "Harbour Radio"


def test_search_health_and_demo_are_collected(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "whole",
        """
        from musicapp.site.found import Found, Health

        @plugin.search("poem")
        def find(text, limit):
            return [Found("poem", text, "/poem")]

        @plugin.search("noise")
        def broken(text, limit):
            raise RuntimeError("no")

        @plugin.health
        def well():
            return Health("poems", "degraded", "few")

        @plugin.demo
        def load():
            pass
        """,
    )
    app = start("whole")
    client = app.test_client()
    assert client.get("/readyz").json["data"]["poems"] == {"state": "degraded", "detail": "few"}  # type: ignore[index]
    with app.test_request_context():
        from musicapp.plugins.site import current_site
        from musicapp.site.searching import found_by_kind

        assert [found.title for found in found_by_kind("sea")["poem"]] == ["sea"]
        assert [name for name, _ in current_site().demos] == ["whole"]


def test_commands_stand_under_the_plugins_name(start: Start, folder: Path) -> None:
    write_plugin(folder, "counter", 'import click\n@plugin.cli.command("up")\ndef up(): click.echo("one")')
    assert start("counter").test_cli_runner().invoke(args=["counter", "up"]).output == "one\n"


def test_a_plugins_static_files_are_served_under_its_name(start: Start, folder: Path) -> None:
    write_plugin(folder, "pictures", views="")
    (folder / "pictures" / "static").mkdir(exist_ok=True)
    (folder / "pictures" / "static" / "wave.js").write_text("/* wave */")
    client = start("pictures").test_client()
    response = client.get("/assets/pictures/wave.js")
    assert response.data == b"/* wave */"
    response.close()
    assert client.get("/assets/pictures/../__init__.py").status_code == 404


def test_the_plugins_command_tells_state_reason_and_what_each_adds(start: Start, folder: Path) -> None:
    write_plugin(folder, "broken", "1 / 0")
    write_plugin(folder, "hello", 'plugin.offers("hello.row")\nplugin.get("/", permission="public")(lambda: "x")')
    output = start("hello", "broken").test_cli_runner().invoke(args=["plugins"]).output
    assert "hello 1.0 · running" in output
    assert "GET /hello/" in output
    assert "hello.row" in output
    assert "broken ? · stopped" in output
    assert "division by zero" in output
