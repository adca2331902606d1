"""The pages of playlists: what listeners keep, change and share there, without scripts too."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from plugins.playlists import services
from plugins.playlists.models import Playlist
from tests.people import Somebody, add_person, post, sign_in
from tests.plugins.catalog.music import Counted, ready_song
from tests.plugins.playlists.lists import Asks

# The playlists of the sidebar, and the number on the bell.
OF_THE_FRAME = 2
TITLES = ("Neap", "Undertow", "Fog")


@pytest.fixture
def mira(app: Flask) -> Somebody:
    """A listener with playlists."""
    return add_person(app, "Mira")


@pytest.fixture
def jonas(app: Flask) -> Somebody:
    """Another listener."""
    return add_person(app, "Jonas")


@pytest.fixture
def songs(app: Flask) -> list[int]:
    """Three public songs of one album."""
    nils = add_person(app, "Nils Hollar", "artist")
    return [ready_song(app, nils.id, title, album="Salt Almanac") for title in TITLES]


def browser(app: Flask, person: Somebody) -> FlaskClient:
    client = app.test_client()
    sign_in(client, person)
    return client


@pytest.fixture
def hers(app: Flask, mira: Somebody) -> FlaskClient:
    """The browser of Mira."""
    return browser(app, mira)


@pytest.fixture
def rowing(hers: FlaskClient, songs: list[int]) -> str:
    """The address of a public playlist of Mira with the three songs."""
    made = post(hers, "/playlists/add", {"song": songs, "name": "Rowing home"})
    assert made.status_code == 303, made.text
    address = made.headers["Location"]
    post(hers, f"{address}/edit", {"name": "Rowing home", "visibility": "public", "description": "For the oars."})
    return address


def titles(page: str) -> list[str]:
    """The titles of the rows of a page, in their order."""
    rows = re.findall(r'<li class="row entry.*?<h3[^>]*>(?:<a[^>]*>)?([^<]+)', page, re.DOTALL)
    return [row.strip() for row in rows]


def statements(app: Flask, client: FlaskClient, path: str) -> int:
    """How many statements a page sends, without those that read settings."""
    with Counted(app) as counted:
        assert client.get(path).status_code == 200
    return sum(" site_" not in one for one in counted.statements)


def entries(page: str) -> list[str]:
    return re.findall(r'data-entry="(\d+)"', page)


def test_songs_go_from_every_row_into_a_playlist(hers: FlaskClient, songs: list[int], rowing: str) -> None:
    album = hers.get("/albums/1").text
    assert f'href="/playlists/add?song={songs[0]}" data-adds="{songs[0]}"' in album
    assert 'href="/playlists/add?album=1" data-adds-from="/albums/1/queue"' in album
    choice = hers.get(f"/playlists/add?song={songs[0]}").text
    assert "“Neap” by Nils Hollar" in choice
    assert re.search(r'<button name="playlist" value="1"[^>]*data-title="Rowing home"', choice)
    assert hers.get("/playlists/add?album=1").text.count('name="song"') == 2 * len(songs)
    again = post(hers, "/playlists/add", {"song": songs[:1], "playlist": "1"})
    assert titles(hers.get(again.headers["Location"]).text) == [*TITLES, "Neap"]
    refused = post(hers, "/playlists/add", {"song": songs[:1], "name": "ROWING home"})
    assert refused.status_code == 409
    assert "You have a playlist called" in refused.text


def test_a_playlists_page_shows_and_plays_it(app: Flask, hers: FlaskClient, rowing: str) -> None:
    visitor = app.test_client()
    page = visitor.get(rowing).text
    assert titles(page) == list(TITLES)
    assert "Public playlist" in page
    assert "For the oars." in page
    assert "3 songs" in page
    assert "9 min" in page
    assert f'data-play-url="{rowing}/queue"' in page
    assert "data-adds" not in page
    assert [song["title"] for song in visitor.get(f"{rowing}/queue").json["data"]["songs"]] == list(TITLES)
    assert "Rowing home" in visitor.get("/playlists/public").text
    home = hers.get("/").text
    assert re.search(rf'<a class="go" href="{rowing}">.*?Rowing home', home, re.DOTALL)
    assert "own-playlists" not in visitor.get("/").text
    assert visitor.get("/playlists/").status_code == 302


def test_a_long_playlist_comes_in_stretches_that_cost_the_same(
    app: Flask, hers: FlaskClient, songs: list[int], rowing: str
) -> None:
    made = post(hers, "/playlists/add", {"song": songs * 25, "name": "Long"}).headers["Location"]
    first = hers.get(made).text
    for path in ("", "/songs", "?edit=1", "/changes"):
        assert statements(app, hers, made + path) == statements(app, hers, rowing + path)
    assert max(statements(app, hers, made + path) for path in ("", "/changes", "/people")) <= OF_THE_FRAME + 5
    assert len(titles(first)) == 50
    more = re.search(r'<turbo-frame id="songs-51" src="([^"]+)"', first)
    assert more
    rest = hers.get(more.group(1).replace("&amp;", "&")).text
    assert rest.lstrip().startswith('<turbo-frame id="songs-51"')
    assert len(titles(rest)) == 25
    assert '<span class="at-rest">75</span>' in rest
    assert len(hers.get(f"{made}/queue").json["data"]["songs"]) == 75


def test_songs_are_moved_and_taken_out_by_plain_buttons(hers: FlaskClient, rowing: str) -> None:
    page = hers.get(f"{rowing}?edit=1").text
    neap, undertow, fog = entries(page)
    assert post(hers, f"{rowing}/entries/{fog}", {"act": "up"}).headers["Location"].endswith(f"#entry-{fog}")
    assert titles(hers.get(rowing).text) == ["Neap", "Fog", "Undertow"]
    post(hers, f"{rowing}/entries/{neap}", {"act": "down"})
    post(hers, f"{rowing}/entries/{neap}", {"act": "down"})
    post(hers, f"{rowing}/entries/{neap}", {"act": "down"})
    assert titles(hers.get(rowing).text) == ["Fog", "Undertow", "Neap"]
    after = hers.get(post(hers, f"{rowing}/entries/{undertow}", {"act": "remove"}).headers["Location"]).text
    assert titles(after) == ["Fog", "Neap"]
    assert f'action="{rowing}/entries/{undertow}/bring-back"' in after
    post(hers, f"{rowing}/entries/{undertow}/bring-back")
    assert titles(hers.get(rowing).text) == ["Fog", "Undertow", "Neap"]
    history = hers.get(f"{rowing}/changes").text
    assert "added “Neap” and 2 other songs" in history
    assert "took “Undertow” out" in history
    post(hers, f"{rowing}/entries/{neap}", {"act": "remove"})
    assert 'aria-label="Bring back Neap"' in hers.get(f"{rowing}/changes").text


def test_others_cannot_change_a_playlist_until_they_are_let_in(
    app: Flask, hers: FlaskClient, jonas: Somebody, rowing: str
) -> None:
    his = browser(app, jonas)
    assert "data-entry" not in his.get(f"{rowing}?edit=1").text
    assert post(his, f"{rowing}/entries/1", {"act": "remove"}).status_code == 403
    assert his.get(f"{rowing}/edit").status_code == 403
    invited = hers.get(post(hers, f"{rowing}/invitations", {"role": "editor"}).headers["Location"]).text
    link = re.search(r'readonly value="http://[^/]+([^"]+)"', invited)
    assert link
    assert "Mira lets you change this playlist" in app.test_client().get(link.group(1)).text
    assert post(his, link.group(1)).headers["Location"] == rowing
    assert post(his, link.group(1)).status_code == 409
    page = his.get(f"{rowing}?edit=1").text
    assert "Jonas" in page
    assert len(entries(page)) == 3
    assert post(his, f"{rowing}/people/{jonas.id}/remove").status_code == 303
    assert "data-entry" not in his.get(f"{rowing}?edit=1").text


def test_a_playlist_is_named_hidden_deleted_and_brought_back(
    app: Flask, hers: FlaskClient, jonas: Somebody, rowing: str
) -> None:
    form = hers.get(f"{rowing}/edit").text
    revision = re.search(r'name="revision"[^>]*value="(\d+)"', form)
    assert revision
    fields = {"revision": revision.group(1), "name": "Kitchen, 7 pm", "visibility": "private"}
    assert post(hers, f"{rowing}/edit", fields).status_code == 303
    assert post(hers, f"{rowing}/edit", fields | {"name": "Bus window"}).status_code == 422
    assert "Kitchen, 7 pm" in hers.get("/playlists/").text
    assert browser(app, jonas).get(rowing).status_code == 404
    library = hers.get(post(hers, f"{rowing}/delete").headers["Location"]).text
    assert "“Kitchen, 7 pm” is deleted" in library
    assert 'aria-label="Bring back Kitchen, 7 pm"' in hers.get("/playlists/").text
    assert hers.get(rowing).status_code == 404
    post(hers, f"{rowing}/restore")
    assert hers.get(rowing).status_code == 200


def test_a_picture_that_cannot_be_used_leaves_nothing_half_done(hers: FlaskClient, rowing: str) -> None:
    for path in ("/playlists/new", f"{rowing}/edit"):
        form = {"name": "Bus window", "visibility": "private", "cover": (io.BytesIO(b"no picture"), "cover.png")}
        refused = post(hers, path, form)  # type: ignore[arg-type]
        assert refused.status_code == 422
        assert 'id="cover-error"' in refused.text
        assert "Bus window" not in hers.get("/playlists/").text
    assert post(hers, "/playlists/new", {"name": "Bus window", "visibility": "private"}).status_code == 303


def test_an_invitation_is_kept_by_who_is_in_already_and_tells_nothing_of_a_hidden_list(
    app: Flask, hers: FlaskClient, mira: Somebody, jonas: Somebody, rowing: str
) -> None:
    his, playlist_id = browser(app, jonas), int(rowing.rsplit("/", 1)[1])
    with app.app_context():
        secrets = [services.invite(Asks(mira), playlist_id, "editor") for _ in range(2)]
    first, second = (f"/playlists/join/{secret}" for secret in secrets)
    post(his, first)
    again = post(his, second)
    assert (again.status_code, "You keep this playlist already" in again.text) == (409, True)
    assert "Rowing home" in app.test_client().get(second).text
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(Playlist).values(hidden_at=now()))
    hidden = app.test_client().get(second)
    assert (hidden.status_code, "Rowing home" in hidden.text) == (409, False)


def test_a_name_that_nobody_has_stands_beside_its_field(
    app: Flask, hers: FlaskClient, jonas: Somebody, rowing: str
) -> None:
    wrong = post(hers, f"{rowing}/people", {"name": "Jon", "role": "editor"})
    assert (wrong.status_code, "Nobody here goes by exactly this name." in wrong.text) == (422, True)
    assert post(browser(app, jonas), f"{rowing}/people", {"name": "Mira", "role": "editor"}).status_code == 403
    assert post(hers, "/playlists/99/people", {"name": "Jonas", "role": "editor"}).status_code == 404


def test_public_playlists_of_others_are_followed(app: Flask, hers: FlaskClient, jonas: Somebody, rowing: str) -> None:
    his = browser(app, jonas)
    assert f'action="{rowing}/follow"' in his.get(rowing).text
    post(his, f"{rowing}/follow")
    assert "Followed by one person" in hers.get(rowing).text
    assert "Rowing home" in his.get("/playlists/").text
    post(his, f"{rowing}/unfollow")
    assert "Rowing home" not in his.get("/playlists/").text
