"""Lists, details and searches send few statements, the same for five rows and for fifty."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Counted, fill_catalogue

MOST = 5
PATHS = [
    "/",
    "/songs",
    "/songs?sort=popular",
    "/songs/1",
    "/albums",
    "/albums/1",
    "/albums/1/queue",
    "/artists",
    "/artists/1",
    "/genres",
    "/genres/1",
    "/search?q=crossing",
    "/search?q=e",
    "/api/songs",
    "/api/songs?sort=title&artist=1",
    "/api/songs/1",
    "/api/songs/1/peaks",
    "/api/albums",
    "/api/albums/1",
    "/api/artists",
    "/api/artists/1",
    "/api/genres",
    "/api/search?q=e",
]
OWN_PATHS = ["/api/songs?scope=mine", "/api/albums?scope=mine", "/api/song", "/api/album", "/api/plays", "/studio"]


def statements(app: Flask, client: FlaskClient, path: str, headers: dict[str, str] | None = None) -> list[str]:
    assert client.get(path, headers=headers).status_code == 200
    with Counted(app) as counted:
        assert client.get(path, headers=headers).status_code == 200
    return [one for one in counted.statements if " auth_" not in one and " site_" not in one]


@pytest.mark.parametrize("path", PATHS)
def test_a_visitors_page_costs_the_same_for_five_and_fifty_rows(
    app: Flask, client: FlaskClient, nils: Somebody, path: str
) -> None:
    fill_catalogue(app, nils.id, albums=1, songs_each=5)
    few = statements(app, client, path)
    fill_catalogue(app, nils.id, albums=50, songs_each=50)
    many = statements(app, client, path)
    assert len(few) == len(many) <= MOST


@pytest.mark.parametrize("path", OWN_PATHS)
def test_an_artists_page_costs_the_same_for_five_and_fifty_rows(app: Flask, client: FlaskClient, path: str) -> None:
    nils = add_person(app, "Nils", "artist")
    headers = bearer(app, nils)
    fill_catalogue(app, nils.id, albums=1, songs_each=5)
    few = statements(app, client, path, headers)
    fill_catalogue(app, nils.id, albums=50, songs_each=50)
    assert len(few) == len(statements(app, client, path, headers)) <= MOST


@pytest.mark.parametrize("path", [*PATHS, *OWN_PATHS])
def test_reading_writes_nothing(app: Flask, client: FlaskClient, nils: Somebody, path: str) -> None:
    fill_catalogue(app, nils.id, albums=2, songs_each=5)
    headers = bearer(app, nils)
    made = statements(app, client, path, headers)
    assert [one for one in made if not one.lstrip().upper().startswith(("SELECT", "WITH"))] == []
