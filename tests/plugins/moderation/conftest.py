"""A site with poems that can be reported, and the people who write, report and judge them."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards
from tests.people import add_person
from tests.plugins.moderation import poems
from tests.plugins.moderation.court import Court

PLUGINS = ["auth", "inbox", "moderation", "poems"]


@pytest.fixture
def poems_site(make_app: AppMaker, tmp_path: Path) -> Iterator[Flask]:
    """A site where poems, and nothing else, can be reported."""
    folder = tmp_path / "instance" / "plugins"
    folder.mkdir(parents=True)
    shutil.copy(str(poems.__file__), folder)
    with forgotten_afterwards():
        app = make_app(plugins=PLUGINS, mail_server="smtp.example.org")
        app.extensions["mailman"].backend = "locmem"
        yield app


@pytest.fixture
def court(poems_site: Flask) -> Court:
    """A poet, two moderators, and a reader on this site."""
    return Court(
        poems_site,
        poet=add_person(poems_site, "Nils"),
        jonas=add_person(poems_site, "Jonas", "moderator"),
        ada=add_person(poems_site, "Ada", "moderator"),
        mira=add_person(poems_site, "Mira"),
    )
