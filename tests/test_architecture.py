"""The borders between kernel and plugins, and between plugins, as claims about the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from musicapp.database import db
from musicapp.plugins.site import site_of

ROOT = Path(__file__).resolve().parents[1]
PLUGINS = sorted(path.parent.name for path in (ROOT / "plugins").glob("*/__init__.py"))
PYTHON = sorted(path for folder in ("musicapp", "plugins", "bench") for path in (ROOT / folder).rglob("*.py"))
PUBLIC_ROOMS = ("services", "events")
LONGEST_FILE = 400


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, whole."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def requires(plugin: str) -> list[str]:
    """What a manifest says it requires, read without importing it."""
    tree = ast.parse((ROOT / "plugins" / plugin / "__init__.py").read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "requires":
            return [str(value) for value in ast.literal_eval(node.value)]
    return []


@pytest.mark.parametrize("path", sorted((ROOT / "musicapp").rglob("*.py")), ids=lambda path: path.name)
def test_the_kernel_imports_no_plugin(path: Path) -> None:
    assert [name for name in imports(path) if name.split(".")[0] == "plugins" and "." in name] == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_plugins_meet_only_through_services_and_events_of_what_they_require(plugin: str) -> None:
    allowed = requires(plugin)
    wrong = []
    for path in (ROOT / "plugins" / plugin).rglob("*.py"):
        for name in imports(path):
            parts = name.split(".")
            if parts[0] != "plugins" or len(parts) < 3 or parts[1] == plugin:
                continue
            if parts[1] not in allowed or parts[2] not in PUBLIC_ROOMS:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert wrong == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_models_and_services_know_of_no_request(plugin: str) -> None:
    folder = ROOT / "plugins" / plugin
    rooms = [
        path
        for room in ("models", "services", "events")
        for path in [*folder.glob(f"{room}.py"), *folder.glob(f"{room}/**/*.py")]
    ]
    web = {"flask.request", "flask.session", "flask.redirect", "flask_login.current_user"}
    assert [f"{path.relative_to(ROOT)}: {name}" for path in rooms for name in imports(path) if name in web] == []


@pytest.mark.parametrize("plugin", PLUGINS)
def test_templates_lie_in_a_folder_named_after_their_plugin(plugin: str) -> None:
    folder = ROOT / "plugins" / plugin / "templates"
    assert [path.name for path in folder.glob("*") if path.name != plugin] == []


def test_every_table_carries_its_plugins_name(app: Flask) -> None:
    for state in site_of(app).states.values():
        assert [table for table in state.tables if not table.startswith(f"{state.name}_")] == []


def test_the_kernel_points_at_no_plugins_table() -> None:
    for table in db.metadata.tables.values():
        if table.name.startswith("site_"):
            assert {key.column.table.name.split("_")[0] for key in table.foreign_keys} <= {"site"}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_tells_so_much_that_it_must_be_scrolled_for_long(path: Path) -> None:
    assert path.read_text().count("\n") <= LONGEST_FILE


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())) or not path.read_text().strip()
