"""Claims about secret links: they open one thing to whoever has them, and nothing once they are over."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from plugins.auth.services import person_with_id
from plugins.catalog.models import Album, ShareLink
from plugins.catalog.services import removing, sharing
from plugins.catalog.services.sharing.links import DEAD
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, post, set_up, sign_in
from tests.plugins.catalog.music import Headers, fetch, ready_song, set_album, set_song


def link_to(client: FlaskClient, headers: Headers, kind: str, subject_id: int, **more: int | None) -> str:
    """The path of a new secret link."""
    made = client.post("/api/share-links", json={"kind": kind, "id": subject_id, **more}, headers=headers)
    assert made.status_code == 201, made.text
    return "/s/" + str(made.json["data"]["url"]).rpartition("/s/")[2]  # type: ignore[index]


def end_all_links(app: Flask) -> None:
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(ShareLink).values(expires_at=now() - timedelta(seconds=1)))


@pytest.fixture
def draft(app: Flask, nils: Somebody) -> int:
    """A song that only Nils knows of."""
    song_id = ready_song(app, nils.id, "Undertow")
    set_song(app, song_id, published_at=None)
    return song_id


def test_a_secret_link_lets_anybody_see_and_hear_one_draft_until_it_ends(
    app: Flask, client: FlaskClient, visitor: FlaskClient, as_nils: Headers, nils: Somebody, draft: int
) -> None:
    other = ready_song(app, nils.id, "Neap")
    set_song(app, other, published_at=None)
    page, sound, cover = f"/songs/{draft}", f"/api/songs/{draft}/audio", f"/songs/{draft}/cover/300.webp"
    assert [fetch(visitor, path).status_code for path in (page, sound, cover)] == [404, 404, 404]
    link = link_to(client, as_nils, "song", draft)
    opened = visitor.get(link)
    assert (opened.status_code, opened.location) == (302, page)
    kept_to_itself = {
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Cache-Control": "no-store",
    }
    assert {name: opened.headers[name] for name in kept_to_itself} == kept_to_itself
    assert [fetch(visitor, path).status_code for path in (page, sound, cover)] == [200, 200, 200]
    assert "secret link" in visitor.get(page).text
    assert 'property="og:title"' not in visitor.get(page).text
    assert visitor.get(f"/songs/{other}").status_code == 404
    assert "Undertow" not in visitor.get("/songs").text
    assert fetch(app.test_client(), page).status_code == 404
    end_all_links(app)
    assert [fetch(visitor, path).status_code for path in (page, sound, cover)] == [404, 404, 404]
    sentences = {app.test_client().get(dead).text.count(DEAD) for dead in (link, "/s/made-up")}
    assert sentences == {1}


def test_a_link_to_an_album_opens_its_drafts_and_withdrawing_it_closes_them_at_once(
    app: Flask, client: FlaskClient, visitor: FlaskClient, as_nils: Headers, as_ada: Headers, nils: Somebody
) -> None:
    song_id = ready_song(app, nils.id, "Neap", album="Tides")
    with app.app_context():
        album_id = db.session.scalars(sa.select(Album.id)).one()
    set_song(app, song_id, published_at=None)
    set_album(app, album_id, published_at=None)
    visitor.get(link_to(client, as_nils, "album", album_id, days=None))
    assert "Neap" in visitor.get(f"/albums/{album_id}").text
    assert fetch(visitor, f"/api/songs/{song_id}/audio").status_code == 200
    [link] = client.get(f"/api/share-links?kind=album&id={album_id}", headers=as_nils).json["data"]  # type: ignore[index]
    assert (link["opened_count"], link["expires_at"]) == (1, None)
    assert client.delete(f"/api/share-links/{link['id']}", headers=as_ada).status_code == 404
    set_album(app, album_id, hidden_at=now())
    assert visitor.get(f"/albums/{album_id}").status_code == 404
    set_album(app, album_id, hidden_at=None)
    assert client.delete(f"/api/share-links/{link['id']}", headers=as_nils).status_code == 200
    assert visitor.get(f"/albums/{album_id}").status_code == 404
    assert fetch(visitor, f"/api/songs/{song_id}/audio").status_code == 404
    visitor.get(link_to(client, as_nils, "album", album_id))  # takes the number of the one that is gone
    set_album(app, album_id, deleted_at=now())
    assert visitor.get(f"/albums/{album_id}").status_code == 404


def test_only_whose_it_is_makes_links_and_no_more_than_they_can_oversee(
    app: Flask, client: FlaskClient, as_nils: Headers, as_ada: Headers, as_mira: Headers, draft: int
) -> None:
    asked = {"kind": "song", "id": draft, "days": 7}
    assert client.post("/api/share-links", json=asked).status_code == 401
    assert client.post("/api/share-links", json=asked, headers=as_ada).status_code == 404
    set_song(app, draft, published_at=now())
    assert client.post("/api/share-links", json=asked, headers=as_mira).status_code == 403
    assert client.post("/api/share-links", json={**asked, "days": 3}, headers=as_nils).status_code == 422
    made = [client.post("/api/share-links", json=asked, headers=as_nils).status_code for _ in range(21)]
    assert made == [201] * 20 + [409]
    with app.app_context():
        sharing.forget_ended_links(now() + timedelta(days=15))
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ShareLink)) == 0


def test_many_at_once_make_no_more_links_than_that(app: Flask, as_nils: Headers, draft: int) -> None:
    def make(_number: int) -> int:
        asked = {"kind": "song", "id": draft, "days": 7}
        return app.test_client().post("/api/share-links", json=asked, headers=as_nils).status_code

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(make, range(26)))
    assert sorted(made) == [201] * 20 + [409] * 6


def test_the_page_of_links_works_without_scripts(
    app: Flask, client: FlaskClient, visitor: FlaskClient, nils: Somebody, draft: int
) -> None:
    sign_in(client, nils)
    page = f"/share/song/{draft}"
    assert f'href="{page}"' in client.get(f"/songs/{draft}").text
    post(client, page, {"days": "1"})
    text = client.get(page).text
    [link] = re.findall(r'value="[^"]+(/s/[^"]+)"', text)
    assert link not in client.get(page).text
    assert "opened by nobody yet" in text
    assert visitor.get(link).status_code == 302
    withdraw = re.findall(r'action="(/share/links/\d+/withdraw)"', text)[0]
    post(client, withdraw)
    assert visitor.get(f"/songs/{draft}").status_code == 404
    assert "No link leads here" in client.get(page).text


def test_a_private_playlist_opens_by_a_link_without_what_is_private_in_it(
    app: Flask, client: FlaskClient, visitor: FlaskClient, as_nils: Headers, as_mira: Headers, nils: Somebody
) -> None:
    public, draft = ready_song(app, nils.id, "Neap"), ready_song(app, nils.id, "Undertow")
    body = {"name": "For the road", "visibility": "private", "songs": [public, draft]}
    made = client.post("/api/playlists", json=body, headers=as_nils)
    playlist_id = made.json["data"]["id"]  # type: ignore[index]
    set_song(app, draft, published_at=None)
    page = f"/playlists/{playlist_id}"
    assert visitor.get(page).status_code == 404
    visitor.get(link_to(client, as_nils, "playlist", playlist_id))
    text = visitor.get(page).text
    assert ("For the road" in text, "Neap" in text, "Undertow" in text) == (True, True, False)
    asked = {"kind": "playlist", "id": playlist_id}
    assert client.post("/api/share-links", json=asked, headers=as_mira).status_code == 404
    end_all_links(app)
    assert visitor.get(page).status_code == 404


@pytest.mark.parametrize(("visitors", "answers"), [("browse", (302, 200, 401)), ("nothing", (302, 302, 401))])
def test_the_site_decides_what_a_link_can_open_for_visitors(
    make_app: AppMaker, visitors: str, answers: tuple[int, int, int]
) -> None:
    app = make_app(visitors=visitors)
    nils = add_person(app, "Nils Hollar", "artist")
    set_up(app)
    draft, public = ready_song(app, nils.id, "Undertow"), ready_song(app, nils.id, "Neap")
    set_song(app, draft, published_at=None)
    with app.app_context():
        _link_id, secret = sharing.make_link(person_with_id(nils.id), "song", draft, 7)
    visitor = app.test_client()
    opened = visitor.get(f"/s/{secret}")
    heard = fetch(visitor, f"/api/songs/{draft}/audio").status_code
    assert ("Log in to hear" in visitor.get(f"/songs/{draft}").text) is False
    assert (opened.status_code, visitor.get(f"/songs/{draft}").status_code) == answers[:2]
    assert heard == (200 if visitors == "browse" else 401)
    assert fetch(visitor, f"/api/songs/{public}/audio").status_code == answers[2]


def test_a_link_goes_with_what_it_leads_to_for_another_song_may_have_its_number(
    app: Flask, client: FlaskClient, visitor: FlaskClient, as_nils: Headers, nils: Somebody, draft: int
) -> None:
    visitor.get(link_to(client, as_nils, "song", draft, days=None))
    set_song(app, draft, deleted_at=now() - timedelta(days=32))
    with app.app_context():
        removing.purge()
    other = ready_song(app, nils.id, "Neap")
    set_song(app, other, published_at=None)
    assert visitor.get(f"/songs/{other}").status_code == 404
    with app.app_context():
        assert db.session.scalars(sa.select(ShareLink)).all() == []


def test_who_is_answered_hears_nothing_of_what_only_the_link_of_another_opens(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_mira: Headers, ada: Somebody, draft: int
) -> None:
    set_song(app, draft, published_at=now() - timedelta(days=1))
    said = client.post(f"/api/songs/{draft}/comments", json={"text": "Fine"}, headers=as_mira)
    set_song(app, draft, published_at=None)
    browser = app.test_client()
    sign_in(browser, ada)
    browser.get(link_to(client, as_nils, "song", draft))
    replied = post(browser, f"/comments/{said.json['data']['id']}/reply", {"text": "@Mira, more than that"})  # type: ignore[index]
    assert replied.status_code == 303
    told = [client.get("/api/inbox", headers=headers).json["data"] for headers in (as_nils, as_mira)]  # type: ignore[index]
    assert [len(alerts) for alerts in told] == [2, 0]
