"""Claims about mistakes: each is named at start with a hint, stops only its own plugin, and the site goes on."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from musicapp.plugins.problems import PluginRefused
from musicapp.plugins.site import Site, site_of
from tests.musicapp.plugins.conftest import state
from tests.musicapp.plugins.in_a_folder import write_plugin

Start = Callable[..., Flask]

SLIPS = {
    "a misspelt word": ('plugin.ofers("slip.row")', "Did you mean “offers”?"),
    "an import error": ("import nothing_of_that_name", "nothing_of_that_name"),
    "a syntax error": ("def :", "SyntaxError"),
    "sys.exit": ("import sys; sys.exit(3)", "sys.exit()"),
    "a slot of another's name": ('plugin.offers("other.row")', "must begin with “slip.”"),
    "a right of another's name": ('plugin.right("other.do", roles=[])', "must begin with “slip.”"),
    "a route without permission": ('@plugin.get("/open")\ndef open_door(): return ""', "declares no permission"),
    "an unknown right": (
        'plugin.right("slip.write", roles=["user"])\n@plugin.get("/", permission="slip.wriet")\ndef x(): return ""',
        "Did you mean “slip.write”?",
    ),
    "a menu entry that leads nowhere": (
        'plugin.nav("Slip", ".indx")\n@plugin.get("/", permission="public")\ndef index(): return ""',
        "Did you mean “slip.index”?",
    ),
    "two permissions": (
        '@plugin.get("/a", permission="public", endpoint="e")\ndef a(): return ""\n'
        '@plugin.post("/a", permission="member", endpoint="e")\ndef b(): return ""',
        "two permissions",
    ),
    "an app-wide hook": ("@plugin.before_app_request\ndef spy(): pass", "every page of the site"),
    "a blueprint inside": (
        'from flask import Blueprint\nplugin.register_blueprint(Blueprint("inner", __name__))',
        "no blueprints inside",
    ),
    "a listener without argument": (
        "from tests.musicapp.plugins.test_words import Rang\n@plugin.on(Rang)\ndef ring(): pass",
        "must take one argument",
    ),
    "a listener with two arguments": (
        "from tests.musicapp.plugins.test_words import Rang\n@plugin.on(Rang)\ndef ring(a, b): pass",
        "must take one argument",
    ),
    "a listener for another event": (
        "from tests.musicapp.plugins.test_words import Rang\n@plugin.on(Rang)\ndef ring(event: int): pass",
        "is written for int",
    ),
    "listening to no event": ("@plugin.on(int)\ndef ring(event): pass", "which is no event"),
    "a job twice": (
        '@plugin.job("slip.work")\ndef a(job): pass\n@plugin.job("slip.work")\ndef b(job): pass',
        "twice",
    ),
    "a requirement that is not there": (
        'plugin = Plugin("slip", __name__, requires=["hallo"])',
        "it requires “hallo”, which was not found. Did you mean “hello”?",
    ),
    "no plugin in it": ('plugin = "Plugin()"', "has no `plugin = Plugin(…)`"),
    "a name with an underscore": ('plugin = Plugin("sl_ip", __name__)', "small letters and digits"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_and_the_site_goes_on(slip: str, start: Start, folder: Path) -> None:
    text, reason = SLIPS[slip]
    write_plugin(folder, "hello", '@plugin.get("/", permission="public")\ndef index(): return "Hello!"')
    write_plugin(folder, "slip", text)
    app = start("hello", "slip")
    assert state(app, "slip").state == "stopped"
    assert reason in state(app, "slip").reason
    assert app.test_client().get("/hello/").text == "Hello!"
    assert app.test_client().get("/slip/").status_code == 404


def test_a_route_that_is_taken_stops_the_later_plugin(start: Start, folder: Path) -> None:
    route = '@plugin.get("/same/<int:number>", permission="public")\ndef page(number): return "{}"'
    for name in ("first", "second"):
        write_plugin(folder, name, f'plugin = Plugin("{name}", __name__, url_prefix="")\n' + route.format(name))
    app = start("first", "second")
    assert "already taken by first.page" in state(app, "second").reason
    assert app.test_client().get("/same/1").text == "first"


def test_a_core_route_cannot_be_taken(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "slip",
        'plugin = Plugin("slip", __name__, url_prefix="")\n'
        '@plugin.get("/healthz", permission="public")\ndef alive(): return "mine"',
    )
    assert "already taken by site.healthz" in state(start("slip"), "slip").reason


def test_a_table_without_the_plugins_prefix_is_refused(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "shelf",
        models="""
        from sqlalchemy.orm import Mapped, mapped_column
        from musicapp.database import Model

        class Book(Model):
            __tablename__ = "book"
            id: Mapped[int] = mapped_column(primary_key=True)
        """,
    )
    assert "must be named “shelf_book”" in state(start("shelf"), "shelf").reason


def test_a_table_belongs_to_its_plugin_though_another_one_imports_it_first(start: Start, folder: Path) -> None:
    models = """
        from sqlalchemy.orm import Mapped, mapped_column
        from musicapp.database import Model

        class Tide(Model):
            __tablename__ = "tides_tide"
            id: Mapped[int] = mapped_column(primary_key=True)
        """
    write_plugin(folder, "tides", models=models, services="from plugins.tides.models import Tide")
    wants_tides = 'plugin = Plugin("almanac", __name__, requires=["tides"])'
    write_plugin(folder, "almanac", wants_tides, services="from plugins.tides.services import Tide")
    app = start("almanac", "tides")
    assert state(app, "almanac").tables == set()
    assert state(app, "tides").tables == {"tides_tide"}


def test_a_table_that_exists_already_is_refused(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "thief",
        """
        from sqlalchemy.orm import Mapped, mapped_column
        from musicapp.database import Model

        class Job(Model):
            __tablename__ = "site_job"
            id: Mapped[int] = mapped_column(primary_key=True)
        """,
    )
    assert "site_job" in state(start("thief"), "thief").reason


def test_a_template_outside_the_plugins_folder_is_refused(start: Start, folder: Path) -> None:
    write_plugin(folder, "painter", views="")
    (folder / "painter" / "templates").mkdir()
    (folder / "painter" / "templates" / "base.html").write_text("mine")
    assert "base.html must lie in templates/painter/" in state(start("painter"), "painter").reason


def test_a_misspelt_slot_or_point_of_a_running_owner_stops_the_giver(start: Start, folder: Path) -> None:
    write_plugin(folder, "owner", 'plugin.offers("owner.row")\nplugin.collects("owner.export", dict)')
    write_plugin(folder, "giver", '@plugin.fills("owner.rwo")\ndef badge(): return ""')
    write_plugin(folder, "other", '@plugin.contributes("owner.exprot")\ndef badge(): return ""')
    app = start("owner", "giver", "other")
    assert "Did you mean “owner.row”?" in state(app, "giver").reason
    assert "Did you mean “owner.export”?" in state(app, "other").reason


def test_a_contribution_that_lacks_what_the_owner_asks_for_is_refused(start: Start, folder: Path) -> None:
    write_plugin(
        folder,
        "owner",
        """
        from dataclasses import dataclass

        @dataclass
        class Export:
            call: object
            columns: list

            def __post_init__(self):
                if not self.columns:
                    raise ValueError("an export has columns")

        plugin.collects("owner.export", Export)
        """,
    )
    write_plugin(folder, "bare", '@plugin.contributes("owner.export")\ndef songs(): pass')
    write_plugin(folder, "empty", '@plugin.contributes("owner.export", columns=[])\ndef songs(): pass')
    app = start("owner", "bare", "empty")
    assert "columns" in state(app, "bare").reason
    assert "an export has columns" in state(app, "empty").reason


def test_requirements_start_first_whatever_the_order(start: Start, folder: Path) -> None:
    write_plugin(folder, "late", 'plugin = Plugin("late", __name__, requires=["early"])')
    write_plugin(folder, "early")
    names = [plugin.name for plugin in site_of(start("late", "early")).plugins]
    assert names.index("early") < names.index("late")


def test_who_requires_a_stopped_plugin_is_stopped_with_its_reason(start: Start, folder: Path) -> None:
    write_plugin(folder, "base", "1 / 0")
    write_plugin(folder, "upper", 'plugin = Plugin("upper", __name__, requires=["base"])')
    assert "division by zero" in state(start("base", "upper"), "upper").reason


def test_a_circle_of_requirements_is_named(start: Start, folder: Path) -> None:
    for name, needed in (("one", "two"), ("two", "three"), ("three", "one")):
        write_plugin(folder, name, f'plugin = Plugin("{name}", __name__, requires=["{needed}"])')
    site: Site = site_of(start("one", "two", "three"))
    assert {site.states[name].state for name in ("one", "two", "three")} == {"stopped"}
    assert "one → two → three → one" in site.states["one"].reason


def test_a_name_that_is_not_there_gets_a_hint(start: Start, folder: Path) -> None:
    write_plugin(folder, "lyrics")
    assert "Did you mean “lyrics”?" in state(start("lyrcs"), "lyrcs").reason


def test_a_failing_migration_stops_its_plugin_and_is_rolled_back(start: Start, folder: Path) -> None:
    write_plugin(folder, "wrong", views="")
    (folder / "wrong" / "migrations").mkdir()
    (folder / "wrong" / "migrations" / "wrong_0001.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\nrevision = 'wrong_0001'\ndown_revision = None\n"
        "def upgrade():\n    op.create_table('wrong_row', sa.Column('id', sa.Integer))\n"
        "    raise RuntimeError('half')\n"
    )
    app = start("wrong")
    assert "half" in state(app, "wrong").reason
    with app.app_context():
        import sqlalchemy as sa

        from musicapp.database import db

        assert "wrong_row" not in sa.inspect(db.engine).get_table_names()


def test_a_first_party_plugin_that_fails_refuses_to_start_under_tests(
    start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plugin(folder, "ours", "1 / 0")
    monkeypatch.setattr("musicapp.plugins.discovery.OWN_FOLDER", folder)
    with pytest.raises(PluginRefused, match="division by zero"):
        start("ours")


def test_a_route_added_past_the_contract_stops_the_start(start: Start, folder: Path) -> None:
    write_plugin(
        folder, "sly", '@plugin.record_once\ndef add(state): state.app.add_url_rule("/sly", "sly", lambda: "")'
    )
    with pytest.raises(RuntimeError, match="declare no permission"):
        start("sly")


GREETER = {
    "musicapp_greeter.py": (
        "from musicapp import Plugin\nplugin = Plugin('greeter', __name__)\n"
        "@plugin.get('/', permission='public')\ndef index(): return 'from a package'\n"
    ),
    "musicapp_greeter-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: musicapp-greeter\nVersion: 1.0\n",
    "musicapp_greeter-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    "musicapp_greeter-1.0.dist-info/entry_points.txt": "[musicapp.plugins]\ngreeter = musicapp_greeter:plugin\n",
    "musicapp_greeter-1.0.dist-info/RECORD": "",
}


def test_a_pip_package_with_an_entry_point_is_a_plugin(tmp_path: Path, start: Start) -> None:
    wheel = tmp_path / "musicapp_greeter-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for path, text in GREETER.items():
            archive.writestr(path, text)
    target = tmp_path / "site-packages"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True, capture_output=True)
    sys.path.insert(0, str(target))
    try:
        app = start("greeter")
        assert state(app, "greeter").origin == "package musicapp-greeter"
        assert app.test_client().get("/greeter/").text == "from a package"
    finally:
        sys.path.remove(str(target))
        sys.modules.pop("musicapp_greeter", None)
