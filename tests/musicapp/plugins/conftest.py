"""Sites with small plugins of a test's own. SQLite is enough here: nothing of this depends on the database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from musicapp.plugins.site import PluginState, site_of
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The site's folder for dropped-in plugins."""
    with forgotten_afterwards():
        yield tmp_path / "instance" / "plugins"


@pytest.fixture
def start(make_app: AppMaker, folder: Path) -> Callable[..., Flask]:
    """Start a site with the named plugins only."""
    return lambda *names, **settings: make_app(plugins=list(names), **settings)


def state(app: Flask, name: str) -> PluginState:
    return site_of(app).states[name]
