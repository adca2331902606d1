"""Claims about where “Report” stands on the pages of others, and about the way back from what was hidden."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugins.auth.services import person_with_id
from plugins.moderation import services
from tests.conftest import on_one_database
from tests.people import Somebody, add_person, bearer, post, sign_in
from tests.plugins.catalog.music import Counted, ready_song
from tests.plugins.playlists.lists import made

# The playlists of the sidebar, and the number on the bell.
OF_THE_FRAME = 2


@pytest.fixture
def nils(app: Flask) -> Somebody:
    """An artist."""
    return add_person(app, "Nils Hollar", "artist")


@pytest.fixture
def song_id(app: Flask, nils: Somebody) -> int:
    """A public song of an album."""
    return ready_song(app, nils.id, "Neap", album="Salt Almanac")


def reportable(client: FlaskClient, path: str) -> set[str]:
    """What a page offers to report."""
    return set(re.findall(r'href="/report/([a-z]+/\d+)"', client.get(path).text))


def test_report_stands_where_things_are(app: Flask, nils: Somebody, song_id: int) -> None:
    mira = add_person(app, "Mira")
    playlist_id = made(app, mira, visibility="public", song_ids=[song_id])
    visitor, hers = app.test_client(), app.test_client()
    sign_in(hers, mira)
    said = hers.post(f"/api/songs/{song_id}/comments", json={"text": "Tide."}, headers=bearer(app, mira))
    comment = f"comment/{said.json['data']['id']}"
    song = f"song/{song_id}"
    assert song in reportable(visitor, "/songs")
    assert reportable(visitor, f"/songs/{song_id}") >= {song}
    assert reportable(visitor, "/albums/1") >= {"album/1", song}
    assert "artist/1" in reportable(visitor, "/artists/1")
    assert reportable(visitor, f"/playlists/{playlist_id}") == {f"playlist/{playlist_id}", song}
    assert reportable(hers, f"/playlists/{playlist_id}") == {song}, "nobody reports what is theirs"
    talk = f"/comments/song/{song_id}"
    assert comment in reportable(visitor, talk) and comment not in reportable(hers, talk)
    for address in (song, "album/1", "artist/1", f"playlist/{playlist_id}", comment):
        assert visitor.get(f"/report/{address}").status_code == 200, address
    assert "This is yours" in hers.get(f"/report/{comment}").text
    assert "From which moment on" in visitor.get(f"/report/{song}").text


@on_one_database
def test_accounts_are_named_to_people_who_are_signed_in_and_opened_by_admins(
    app: Flask, nils: Somebody, song_id: int
) -> None:
    mira, visitor, his = add_person(app, "Mira"), app.test_client(), app.test_client()
    sign_in(his, nils)
    said = his.post(f"/api/songs/{song_id}/comments", json={"text": "Tide."}, headers=bearer(app, mira))
    comment, account = f"/report/comment/{said.json['data']['id']}", f"/report/user/{mira.id}"
    assert account not in visitor.get(comment).text and visitor.get(account).status_code == 404
    assert post(visitor, account, {"category": "spam"}).status_code == 404
    assert account in his.get(comment).text
    assert f"/people/{mira.id}" not in his.get(account).text and 'href="/" data-closes' in his.get(account).text
    sent = post(his, account, {"category": "spam"})
    assert f"/people/{mira.id}" not in his.get(sent.headers["Location"]).text
    for role, may_open in (("moderator", False), ("admin", True)):
        staff = app.test_client()
        sign_in(staff, add_person(app, role.capitalize(), role))
        page = staff.get("/moderation/cases/1").text
        assert "Person" in page and ('aria-label="Open Mira"' in page) == may_open


def test_the_artist_of_a_hidden_song_finds_the_decision_and_moderators_the_case(
    app: Flask, nils: Somebody, song_id: int
) -> None:
    vera = add_person(app, "Vera", "moderator")
    with app.test_request_context():
        services.set_flag(person_with_id(vera.id), "song", song_id, True, "It is not yours.")
    his, hers = app.test_client(), app.test_client()
    sign_in(his, nils)
    sign_in(hers, vera)
    found = re.search(r'href="(/decisions/\d+)"[^>]*>Why, and how to appeal', his.get(f"/songs/{song_id}").text)
    assert found is not None and "It is not yours." in his.get(found.group(1)).text
    found = re.search(r'href="(/moderation/cases/\d+)"[^>]*>See the case', hers.get(f"/songs/{song_id}").text)
    assert found is not None
    here = f"/decisions/about/song/{song_id}"
    assert re.fullmatch(r"/decisions/\d+", his.get(here).headers["Location"])
    assert hers.get(here).headers["Location"] == found.group(1)
    for address in ("/decisions/about/song/99", "/decisions/about/song/99999999999", "/decisions/about/tune/1"):
        assert his.get(address).status_code == hers.get(address).status_code == 404
    with Counted(app) as statements:
        page = hers.get(found.group(1)).text
    assert "Neap" in page and "Nobody reported it" in page and 'data-peaks="/' in page
    with Counted(app) as listed:
        hers.get("/moderation?of=mine")
    assert len(listed) <= 5 + OF_THE_FRAME, "the list"
    assert len(statements) <= len(listed) + 13, "the list, and all that is known of one case"
    assert post(hers, "/moderation/decisions/99/undo", {"reason": "Why not."}).status_code == 404


@on_one_database
def test_rows_of_hidden_things_ask_nothing_until_their_link_is_followed(
    app: Flask, nils: Somebody, song_id: int
) -> None:
    mira, vera, hers = add_person(app, "Mira"), add_person(app, "Vera", "moderator"), app.test_client()
    sign_in(hers, mira)

    def say(text: str) -> int:
        path, sent = f"/api/songs/{song_id}/comments", {"text": text}
        comment_id = int(hers.post(path, json=sent, headers=bearer(app, mira)).json["data"]["id"])
        with app.test_request_context():
            services.set_flag(person_with_id(vera.id), "comment", comment_id, True, "Not here.")
        return comment_id

    def read() -> tuple[str, int]:
        with Counted(app) as statements:
            page = hers.get(f"/comments/song/{song_id}").text
        return page, len(statements)

    say("One.")
    few = read()[1]
    last = [say(text) for text in ("Two.", "Three.", "Four.")][-1]
    page, many = read()
    assert many == few and page.count("Why, and how to appeal") == 4
    assert f'href="/decisions/about/comment/{last}"' in page
    followed = hers.get(f"/decisions/about/comment/{last}", follow_redirects=True)
    assert followed.status_code == 200 and "Not here." in followed.text
