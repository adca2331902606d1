"""Claims about the documentation: what it shows runs, and what there is stands in it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from docs.write import events_of, pages
from musicapp.plugins.contract import Plugin
from musicapp.plugins.site import site_of
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards
from tests.plugins.catalog.collection import write_album

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"```python\n# (\w+)\.py[^\n]*\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\[[^\]]+\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def examples(make_app: AppMaker, tmp_path: Path) -> Iterator[Flask]:
    """A site that runs every example of `docs/plugins.md`."""
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    names = []
    for name, code in BLOCK.findall((ROOT / "docs" / "plugins.md").read_text()):
        (folder / f"{name}.py").write_text(code)
        names.append(name)
    with forgotten_afterwards():
        yield make_app(plugins=names)


def test_every_example_for_plugin_authors_runs(examples: Flask) -> None:
    states = site_of(examples).states
    assert [(state.name, state.reason) for state in states.values() if state.state == "stopped"] == []
    client = examples.test_client()
    assert client.get("/hello/").text == "Hello!"
    assert client.get("/owner/").text == "Tides: low, high"
    assert client.get("/poems/").text == "All poems"
    assert "18 % more than before" in client.get("/harvest/").text
    assert client.get("/readyz").json["data"]["tides"]["detail"] == "3 harbours"  # type: ignore[index]
    assert examples.test_cli_runner().invoke(args=["tides", "count"]).output == "3\n"


def test_the_plugin_of_the_readme_runs(make_app: AppMaker, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    [(name, code)] = BLOCK.findall((ROOT / "README.md").read_text())
    (folder / f"{name}.py").write_text(code)
    with forgotten_afterwards():
        assert make_app(plugins=[name]).test_client().get("/hello/").text == "Hello!"


def test_the_commands_of_the_readme_are_targets_of_make() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert {"run", "test", "demo", "help"} <= named <= targets


def test_the_commands_for_a_music_collection_run(make_app: AppMaker, tmp_path: Path) -> None:
    text = (ROOT / "docs" / "collection.md").read_text()
    commands = re.findall(r"^flask --app wsgi (.+)$", text, re.MULTILINE)
    music, runner = write_album(tmp_path / "music", "Tides", "Nils")[0].parent, make_app().test_cli_runner()
    assert len(commands) == 4
    for command in [*commands, "jobs list --state waiting"]:
        result = runner.invoke(args=shlex.split(command.replace("/srv/music", str(music))))
        assert result.exit_code == 0, result.output
    listed = set(re.findall(r"--[a-z]+", runner.invoke(args=["catalog", "import", "--help"]).output)) - {"--help"}
    assert [option for option in listed if f"`{option}" not in text] == []


def test_every_word_of_the_contract_is_explained() -> None:
    text = (ROOT / "docs" / "plugins.md").read_text()
    words = [
        name
        for name in vars(Plugin)
        if not name.startswith("_") and name not in ("owned", "register_blueprint", "add_url_rule")
    ]
    assert [word for word in words if f"plugin.{word}" not in text] == []


@pytest.mark.parametrize("name", ["settings.md", "points.md", "api.md"])
def test_the_lists_in_the_docs_are_whole_and_current(make_app: AppMaker, name: str) -> None:
    assert pages(make_app())[name] == (ROOT / "docs" / name).read_text(), "Run `make docs`."


def test_every_event_says_when_it_happens(make_app: AppMaker) -> None:
    for plugin in site_of(make_app()).plugins:
        assert [name for name, words in events_of(plugin.import_name) if not words] == []


@pytest.mark.parametrize(
    "path", sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("plugins/*/README.md")]), ids=str
)
def test_links_in_the_docs_lead_somewhere(path: Path) -> None:
    targets = [target for target in LINK.findall(path.read_text()) if not target.startswith(("http", "mailto"))]
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_plugin_of_the_project_has_a_readme() -> None:
    manifests = (ROOT / "plugins").glob("*/__init__.py")
    assert [path.parent.name for path in manifests if not (path.parent / "README.md").exists()] == []
