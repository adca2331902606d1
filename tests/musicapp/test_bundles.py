"""Claims about the scripts and sheets that pages load. SQLite is enough: no row is read."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp import bundles
from tests.conftest import AppMaker
from tests.musicapp.plugins.in_a_folder import forgotten_afterwards
from tests.people import set_up

STATIC = Path(__file__).resolve().parents[2] / "static"
LOADED = re.compile(r'<(?:script|link rel="stylesheet")[^>]*(?:src|href)="([^"]+)"')
FIRST_LOAD_BYTES = 100 * 1024
LEVEL = 5  # as the server in front compresses


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'test.db'}"


def loaded(client: FlaskClient, path: str = "/") -> list[str]:
    return LOADED.findall(client.get(path).text)


def test_the_first_page_asks_for_few_files_of_at_most_100_kb(app: Flask, client: FlaskClient) -> None:
    set_up(app)
    files = loaded(client)
    bodies = [client.get(file, buffered=True).data for file in files]
    assert len(files) <= 10, files
    assert sum(len(gzip.compress(body, LEVEL)) for body in bodies) <= FIRST_LOAD_BYTES


def test_a_bundle_holds_its_files_in_their_order(client: FlaskClient) -> None:
    script = client.get("/bundles/site.js").text
    places = [script.index((STATIC / "js" / f"{name}.js").read_text()) for name in bundles.SCRIPTS]
    assert places == sorted(places)
    sheet = client.get("/bundles/site.css").text
    assert "../" not in sheet
    for address in re.findall(r'url\("([^"]+)"\)', sheet):
        assert client.get(address, buffered=True).status_code == 200, address


def test_every_sheet_of_the_site_is_loaded() -> None:
    assert sorted(path.stem for path in (STATIC / "css").glob("*.css")) == sorted(bundles.SHEETS)


def test_another_version_of_a_plugins_files_has_another_address(make_app: AppMaker, tmp_path: Path) -> None:
    folder = tmp_path / "instance" / "plugins" / "tides"
    (folder / "static").mkdir(parents=True)
    (folder / "__init__.py").write_text('from musicapp import Plugin\nplugin = Plugin("tides", __name__)\n')
    addresses = []
    for text in ("let low = 1;", "let low = 2;"):
        (folder / "static" / "tides.js").write_text(text)
        with forgotten_afterwards():
            client = make_app(plugins=["tides"]).test_client()
            [address] = [file for file in loaded(client) if "/bundles/tides.js" in file]
            answer = client.get(address)
        assert (answer.text, answer.headers["Cache-Control"]) == (text, "public, max-age=31536000, immutable")
        assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
        addresses.append(address)
    assert len(set(addresses)) == 2


def test_under_debug_files_come_one_by_one(make_app: AppMaker) -> None:
    files = loaded(make_app(plugins=[], debug=True).test_client())
    assert "/static/js/player/store.js" in files
    assert not any("/bundles/" in file for file in files)


def test_there_is_no_bundle_of_what_does_not_run(client: FlaskClient) -> None:
    assert client.get("/bundles/nothing.js").status_code == 404
    assert client.get("/bundles/site.txt").status_code == 404
