"""Lists, details and searches send few statements, the same for five rows and for fifty, and none that writes.

Counted is everything that a request asks of the database, the sign-in too, but for the settings and the number
at the bell that every page of the site reads; there is no Redis that would spare any of it.
"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue

MOST = 5
OF_EVERY_PAGE = (" site_", "inbox_alert")
API = [
    "/api/songs",
    *(f"/api/songs?sort={sort}" for sort in ("title", "popular", "year", "random")),
    "/api/songs?artist=1&genre=1&from_year=1900&to_year=2100&explicit=false&sort=random",
    "/api/songs/1",
    "/api/songs/1/peaks",
    "/api/songs/1/lyrics",
    "/api/songs/1/comments",
    "/api/albums/1/comments",
    "/api/albums",
    *(f"/api/albums?sort={sort}" for sort in ("title", "popular", "year", "random")),
    "/api/albums?artist=1&genre=1&kind=album",
    "/api/albums/1",
    *(f"/api/artists?sort={sort}" for sort in ("name", "popular", "newest", "random")),
    "/api/artists?genre=1",
    "/api/artists/1",
    "/api/genres",
    "/api/genres?sort=popular",
    "/api/genres/1",
    "/api/years",
    "/api/all_genre",
    "/api/search?q=crossing",
    "/api/search?q=e",
]
PAGES = ["/", "/songs", "/songs?sort=popular", "/songs/1", "/albums", "/albums/1", "/albums/1/queue"]
PAGES += ["/comments/song/1", "/artists", "/artists/1", "/genres", "/genres/1", "/search?q=crossing", "/search?q=e"]
OWN = ["/api/songs?scope=mine", "/api/albums?scope=mine", "/api/song", "/api/album", "/api/plays", "/studio"]
OWN += [
    "/api/favourites",
    "/api/following",
    "/library/favourites",
    "/library/favourites?kind=album",
    "/library/following",
]
# Music is five searches, playlists add theirs, and a listener's marks on all that was found are asked for at once.
# Around a page of somebody who is signed in stand their playlists and how many alerts they have not read.
OF_SEVERAL_LISTS = {"/": 6, "/studio": 7, "/search?q=crossing": 6, "/api/search?q=crossing": 7}
OF_STAFF = ["/api/songs?scope=all", "/api/albums?scope=all", "/api/all_song", "/api/all_album"]


def statements(app: Flask, client: FlaskClient, path: str, headers: Headers | None) -> list[str]:
    assert client.get(path, headers=headers).status_code == 200, path
    with Counted(app) as counted:
        assert client.get(path, headers=headers).status_code == 200
    return [one for one in counted.statements if not any(table in one for table in OF_EVERY_PAGE)]


@pytest.fixture
def readers(app: Flask, nils: Somebody, as_nils: Headers) -> dict[str, tuple[Headers | None, list[str]]]:
    """Who reads, with what their program sends and what they may read."""
    as_admin = bearer(app, add_person(app, "Owner", "admin"))
    return {
        "a visitor": (None, API + PAGES),
        "an artist": (as_nils, [*API, *OWN]),
        "staff": (as_admin, [*API[::4], *OF_STAFF]),
    }


def test_all_that_is_read_costs_five_statements_at_most_however_long_it_is(
    app: Flask, client: FlaskClient, nils: Somebody, readers: dict[str, tuple[Headers | None, list[str]]]
) -> None:
    def asked() -> dict[tuple[str, str], list[str]]:
        return {
            (reader, path): statements(app, client, path, headers)
            for reader, (headers, paths) in readers.items()
            for path in paths
        }

    fill_catalogue(app, nils.id, albums=1, songs_each=5)
    few = asked()
    fill_catalogue(app, nils.id, albums=50, songs_each=50)
    many = asked()
    assert {at: len(made) for at, made in many.items() if len(made) > OF_SEVERAL_LISTS.get(at[1], MOST)} == {}
    grown = {at: (len(few[at]), len(made)) for at, made in many.items() if len(made) > len(few[at])}
    assert {at: counts for at, counts in grown.items() if "random" not in at[1]} == {}
    writes = [one for made in many.values() for one in made if not one.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert writes == []
