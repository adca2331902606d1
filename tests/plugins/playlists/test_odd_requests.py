"""What playlists answer to requests that no page sends: numbers that no table holds, and addresses made by hand."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.music import Headers
from tests.plugins.playlists.lists import made

FAR = (2**31, 2**63, 10**30)


@pytest.mark.parametrize("number", FAR)
def test_numbers_that_no_table_holds_are_not_there(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, number: int
) -> None:
    api = f"/api/playlists/{made(app, mira)}"
    asked = [
        ("GET", f"/api/playlists/{number}", None),
        ("DELETE", f"{api}/entries/{number}", None),
        ("DELETE", f"{api}/songs/{number}", None),
        ("DELETE", f"/api/delete/playlist/song/{number}", None),
        ("PUT", f"{api}/collaborators/{number}", {"role": "viewer"}),
        ("DELETE", f"{api}/collaborators/{number}", None),
        ("DELETE", f"{api}/invitations/{number}", None),
        ("DELETE", f"/api/playlists/{number}/follow", None),
        ("GET", f"/api/imports/{number}", None),
    ]
    told = {
        path: client.open(path, method=method, json=body, headers=as_mira).status_code for method, path, body in asked
    }
    assert told == dict.fromkeys(told, 404)


@pytest.mark.parametrize("number", FAR)
def test_pages_bear_such_numbers_too(app: Flask, client: FlaskClient, mira: Somebody, number: int) -> None:
    page = f"/playlists/{made(app, mira)}"
    sign_in(client, mira)
    for act in ("up", "remove"):
        assert post(client, f"{page}/entries/{number}", {"act": act}).status_code in (303, 404)
    assert post(client, f"{page}/entries/{number}/bring-back").status_code == 303
    assert client.get(f"/playlists/add?song={number}").status_code == 200
    assert post(client, f"/playlists/rules/look?playlist={number}", {"line": "0"}).status_code == 200
    assert post(client, f"{page}/edit", {"name": "So", "revision": "9" * 5_000}).status_code in (303, 422)


def test_a_stretch_that_is_opened_by_itself_leads_to_its_page(app: Flask, client: FlaskClient, mira: Somebody) -> None:
    page = f"/playlists/{made(app, mira)}"
    sign_in(client, mira)
    asked = "cursor=x&start=51&edit=1&playlist_id=3&endpoint=new&_scheme=x&_external=1"
    led = client.get(f"{page}/songs?{asked}", headers={"Sec-Fetch-Mode": "navigate"})
    assert (led.status_code, led.location) == (303, f"{page}?cursor=x&start=51&edit=1")
