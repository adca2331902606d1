"""Claims about smart playlists: the page of their rules, with and without its script, and what is said of them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugins.auth.services.people import person_with_id
from plugins.catalog.services import FIELDS, SORTS, read_rules
from plugins.playlists import services
from plugins.playlists.services import PRESETS
from plugins.playlists.views.rules.drafts import draft_of
from tests.people import Somebody, add_person, post, sign_in
from tests.plugins.catalog.music import Counted, fill_catalogue, ready_song, set_song

DOCS = Path(__file__).resolve().parents[3] / "docs" / "playlists.md"
# Two of them for the frame; the form asks for genres, names and the first songs too.
MOST = {"list": 7, "form": 9}
FOLK = {"match": "any", "rules": [{"field": "genre", "operator": "is", "value": "Folk"}], "sort": "title"}
Form = dict[str, str | list[str]]


@pytest.fixture
def mira(app: Flask) -> Somebody:
    return add_person(app, "Mira")


@pytest.fixture
def browser(app: Flask, mira: Somebody) -> FlaskClient:
    """Mira's browser, on a site with two songs of folk and one of dub."""
    nils = add_person(app, "Nils Hollar", "artist")
    for title, genre in (("Neap", "Folk"), ("Ebb", "Folk"), ("Undertow", "Dub")):
        ready_song(app, nils.id, title, genre=genre)
    client = app.test_client()
    sign_in(client, mira)
    return client


def smart(app: Flask, person: Somebody, **words: object) -> int:
    with app.app_context():
        return services.create_playlist(person_with_id(person.id), "Folk of mine", rules=FOLK, **words)  # type: ignore[arg-type]


def line(key: str, field: str, operator: str, value: str = "", second: str = "") -> Form:
    return {f"{key}-field": field, f"{key}-operator": operator, f"{key}-value": value, f"{key}-second": second}


def send(client: FlaskClient, path: str, act: str, *lines: Form, keys: list[str], **more: str):  # type: ignore[no-untyped-def]
    fields: Form = {
        "act": act,
        "line": keys,
        "match": "all",
        "sort": "title",
        "limited_by": "",
        "name": "Mixed",
        **more,
    }
    for one in lines:
        fields |= one
    return post(client, path, fields)  # type: ignore[arg-type]


def rules_of(app: Flask, person: Somebody, name: str) -> dict[str, object]:
    with app.app_context():
        rules = services.playlist_by_name(person_with_id(person.id), name).rules
        assert rules is not None
        return rules


def titles(page: str) -> list[str]:
    return re.findall(r'<h3 class="clip"><a href="[^"]+">([^<]+)</a>', page)


def test_a_smart_playlist_is_written_line_by_line_without_a_script(
    app: Flask, mira: Somebody, browser: FlaskClient
) -> None:
    folk = line("0", "genre", "is", "1")
    page = send(browser, "/playlists/smart", "add", folk, keys=["0"])
    assert page.status_code == 200 and 'name="1-field"' in page.text and 'value="Mixed"' in page.text
    assert titles(page.text) == ["Ebb", "Neap"] and "2 songs, 6 min" in page.text
    page = send(browser, "/playlists/smart", "group", folk, keys=["0"])
    assert 'name="1.0-field"' in page.text and 'name="1-match"' in page.text
    long, early = line("1.0", "duration", "between", "2:30", "4"), line("1.1", "year", "at_least", "soon")
    sent = [folk, {"1-match": "any"}, long, early]
    keys = ["0", "1", "1.0", "1.1"]
    refused = send(browser, "/playlists/smart", "save", *sent, keys=keys)
    assert refused.status_code == 422
    assert refused.text.count("Give a whole number from 1000 to 2999.") == 1 and 'value="soon"' in refused.text
    page = send(browser, "/playlists/smart", "remove:1.1", *sent, keys=keys)
    assert 'name="1.1-field"' not in page.text and 'value="2:30"' in page.text
    page = send(browser, "/playlists/smart", "down:0", *sent, keys=keys)
    assert 'name="0-match"' in page.text and 'name="1-field"' in page.text
    saved = send(browser, "/playlists/smart", "save", *sent[:3], keys=keys[:3])
    assert saved.status_code == 303
    assert rules_of(app, mira, "Mixed") == {
        "match": "all",
        "rules": [
            {"field": "genre", "operator": "is", "value": 1},
            {"match": "any", "rules": [{"field": "duration", "operator": "between", "value": [150, 240]}]},
        ],
        "sort": "title",
        "reverse": False,
        "limit": None,
    }
    assert titles(browser.get(saved.location).text) == ["Ebb", "Neap"]
    again = send(browser, "/playlists/smart", "save", folk, keys=["0"])
    assert again.status_code == 409 and "called “Mixed” already" in again.text


def test_the_script_gets_the_lines_and_what_they_choose(browser: FlaskClient) -> None:
    loved, folk = line("0", "favourite", "is", "yes"), line("1", "genre", "is")
    answer = send(browser, "/playlists/rules/look", "up:1", loved, folk, keys=["0", "1"], sort="random:reverse")
    assert 'data-focus="0-up"' in answer.text and "<html" not in answer.text
    assert "No song fits" in answer.text and "Choose a genre." not in answer.text
    changed = send(browser, "/playlists/rules/look", "", line("0", "year", "is", "1"), {"0-kind": "genre"}, keys=["0"])
    assert re.search('name="0-value"[^>]* value=""', changed.text)
    hostile = send(
        browser, "/playlists/rules/look", "remove:9.9", line("0", "' OR 1=1", "x", "<b>"), keys=["0", "7.7", "²"]
    )
    assert hostile.status_code == 200 and "<b>" not in hostile.text
    many = [line(str(number), "explicit", "is", "no") for number in range(40)]
    full = send(browser, "/playlists/rules/look", "add", *many, keys=[str(number) for number in range(40)])
    assert full.text.count('-field"') == 40 * 2 and "at most 30" in full.text


VALUES: dict[str, Any] = {
    "genre": 3,
    "artist": "Nils",
    "album": "Tides",
    "text": "a; b",
    "licence": "CC BY 4.0",
    "year": 1998,
    "stars": 4,
    "average": 3.5,
    "count": 0,
    "seconds": 3671,
    "days": 30,
    "date": "2026-01-31",
    "yes": False,
    "none": None,
}


def test_what_stands_in_a_form_becomes_the_same_rules_again() -> None:
    written = []
    for field in FIELDS.values():
        for way in field.operators.values():
            value = VALUES[way.kind]
            rule = {"field": field.name, "operator": way.name}
            written.append(rule if value is None else {**rule, "value": [value, value] if way.is_range else value})
    for limit in (None, {"songs": 7}, {"minutes": 90}):
        group = {"match": "any", "rules": written[:14]}
        raw = {"match": "all", "rules": [group, *written[14:29]], "sort": "year", "reverse": True, "limit": limit}
        assert draft_of(read_rules(raw), {}).written() == raw
        rest = {**raw, "rules": written[29:]}
        assert draft_of(read_rules(rest), {}).written() == rest


def test_every_preset_begins_a_list_and_a_kept_list_shows_its_rules(
    app: Flask, mira: Somebody, browser: FlaskClient
) -> None:
    for preset in PRESETS.values():
        page = browser.get(f"/playlists/smart?preset={preset.name}")
        assert page.status_code == 200 and f'value="{preset.title}"' in page.text
    by_nils = {"field": "artist", "operator": "is", "value": 1}
    with app.app_context():
        either = {"match": "any", "rules": FOLK["rules"]}
        rules = {"rules": [by_nils, either], "limit": {"songs": 7}, "sort": "rating", "reverse": True}
        list_id = services.create_playlist(person_with_id(mira.id), "Kept", rules=rules)
    page = browser.get(f"/playlists/{list_id}/rules").text
    for shown in (
        'value="Nils Hollar"',
        'value="7"',
        '"rating:reverse" selected',
        '"Folk" selected',
        "“Nils Hollar” and",
    ):
        assert shown in page


def test_only_its_owner_sees_and_changes_the_rules_of_a_list(app: Flask, mira: Somebody, browser: FlaskClient) -> None:
    list_id = smart(app, mira, visibility="public")
    stranger = app.test_client()
    sign_in(stranger, add_person(app, "Jonas"))
    page, api = stranger.get(f"/playlists/{list_id}").text, f"/api/playlists/{list_id}"
    assert titles(page) == ["Ebb", "Neap"] and "Genre is" not in page
    assert "rules" not in stranger.get(api).json["data"] and "rules" in browser.get(api).json["data"]  # type: ignore[index]
    assert "Genre is “Folk”; by title." in browser.get(f"/playlists/{list_id}").text
    assert stranger.get(f"/playlists/{list_id}/rules").status_code == 403
    assert send(stranger, f"/playlists/{list_id}/rules", "save", keys=[]).status_code == 403
    assert post(stranger, f"/playlists/{list_id}/freeze").status_code in (403, 404)
    set_song(app, 1, hidden_at=None, deleted_at=None, published_at=None)
    assert titles(stranger.get(f"/playlists/{list_id}").text) == ["Ebb"]
    other = line("0", "explicit", "is", "no")
    assert send(browser, f"/playlists/{list_id}/rules", "save", other, keys=["0"], revision="1").status_code == 303
    stale = send(browser, f"/playlists/{list_id}/rules", "save", keys=[], revision="1")
    assert stale.status_code == 409 and "changed meanwhile" in stale.text
    seen = re.search('name="revision" value="([0-9]+)"', stale.text)
    assert seen is not None
    assert send(browser, f"/playlists/{list_id}/rules", "save", keys=[], revision=seen[1]).status_code == 303
    assert rules_of(app, mira, "Folk of mine")["rules"] == []


def test_a_smart_list_is_played_and_saved_as_long_as_a_list_may_be(
    app: Flask, mira: Somebody, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    list_id = smart(app, mira)
    monkeypatch.setitem(app.extensions["environ"], "MUSICAPP_PLAYLISTS_SONGS_PER_PLAYLIST", "1")
    queue = browser.get(f"/playlists/{list_id}/queue").json
    assert queue is not None
    assert [song["title"] for song in queue["data"]["songs"]] == ["Ebb"]
    assert browser.get(f"/playlists/{list_id}/file.m3u8").text.count("#EXTINF") == 1


def test_a_frozen_list_keeps_its_songs_as_they_were(app: Flask, mira: Somebody, browser: FlaskClient) -> None:
    list_id = smart(app, mira)
    assert post(browser, f"/playlists/{list_id}/freeze").status_code == 303
    ready_song(app, mira.id, "Another", genre="Folk")
    assert titles(browser.get(f"/playlists/{list_id}").text) == ["Ebb", "Neap"]
    assert browser.get(f"/playlists/{list_id}/rules").status_code == 409
    assert post(browser, f"/playlists/{list_id}/freeze").status_code == 409


def test_the_page_of_rules_and_a_smart_list_cost_few_statements(
    app: Flask, mira: Somebody, browser: FlaskClient
) -> None:
    list_id = smart(app, mira)
    paths = (f"/playlists/{list_id}", f"/playlists/{list_id}/rules")

    def asked(path: str) -> int:
        browser.get(path)
        with Counted(app) as counted:
            assert browser.get(path).status_code == 200
        return len([one for one in counted.statements if " site_" not in one])

    few = [asked(path) for path in paths]
    fill_catalogue(app, mira.id, albums=4, songs_each=20)
    assert [asked(path) for path in paths] == few
    assert few[0] <= MOST["list"] and few[1] <= MOST["form"]


def test_every_field_operator_and_order_is_documented() -> None:
    text = DOCS.read_text()
    of_fields, of_orders = (
        dict(re.findall(r"^\| \*?`(\w+)`\*? \| ([^|]*)\|", part, re.MULTILINE)) for part in text.split("## Orders")
    )
    assert {name: re.findall(r"`(\w+)`", of_fields.get(name, "")) for name in FIELDS} == {
        field.name: list(field.operators) for field in FIELDS.values()
    }
    assert set(SORTS) == set(of_orders) - {"sort"}
    shown = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert shown is not None
    given = json.loads(shown[1])
    assert read_rules(given).as_dict() == given
