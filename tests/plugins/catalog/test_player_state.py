"""Where a listener stopped: kept once for all devices, theirs alone, and only what they may hear."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.people import Somebody, csrf_token, sign_in
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, ready_song, set_song

Put = Callable[..., TestResponse]


@pytest.fixture
def songs(app: Flask, nils: Somebody) -> list[int]:
    return [ready_song(app, nils.id, title) for title in ("Neap", "Lull", "Spring")]


@pytest.fixture
def put(app: Flask, as_mira: Headers) -> Put:
    """Keeps where Mira stands, from any thread."""

    def keep(song_ids: list[int], revision: int = 0, **more: object) -> TestResponse:
        body = {"song_ids": song_ids, "revision": revision, **more}
        return app.test_client().put("/api/player", json=body, headers=as_mira)

    return keep


def stands(client: FlaskClient, headers: Headers) -> Any:
    answer = client.get("/api/player", headers=headers)
    assert answer.status_code == 200
    return answer.json["data"]


def titles(state: Any) -> list[str]:
    return [song["title"] for song in state["songs"]]


def test_another_device_goes_on_where_one_stopped(
    client: FlaskClient, as_mira: Headers, as_nils: Headers, songs: list[int], put: Put
) -> None:
    assert stands(client, as_mira) is None
    wish = {"place": 1, "position_s": 88.5, "origin": "/albums/1", "source": "album", "repeat": "all", "device": "a"}
    kept = put([*songs, songs[0]], **wish)
    assert (kept.status_code, kept.json["data"]) == (200, {"revision": 1})
    state = stands(client, as_mira)
    assert titles(state) == ["Neap", "Lull", "Spring", "Neap"]
    assert {name: state[name] for name in wish} == wish
    assert (state["revision"], state["shuffled"]) == (1, False)
    assert state["songs"][1]["audio_url"] == f"/api/songs/{songs[1]}/audio"
    assert stands(client, as_nils) is None
    assert client.get("/api/player").status_code == 401
    assert client.put("/api/player", json={"song_ids": []}).status_code in (400, 401)


def test_who_comes_too_late_is_told_what_the_other_device_wrote(
    client: FlaskClient, as_mira: Headers, songs: list[int], put: Put
) -> None:
    put(songs, device="phone")
    assert put(songs, 1, place=2, device="phone").json["data"] == {"revision": 2}
    for known in (0, 1, 7):
        late = put(songs[:1], known, device="desk")
        assert (late.status_code, late.json["data"]["device"], late.json["data"]["place"]) == (409, "phone", 2)
    assert put(songs[:1], 2, device="desk").status_code == 200
    assert titles(stands(client, as_mira)) == ["Neap"]


def test_of_devices_that_write_at_once_one_wins_each_time(songs: list[int], put: Put) -> None:
    with ThreadPoolExecutor(8) as together:
        for revision in range(4):
            answers = list(together.map(lambda place, known=revision: put(songs * 3, known, place=place), range(8)))
            won = [answer.json["data"]["revision"] for answer in answers if answer.status_code == 200]
            assert won == [revision + 1]
            assert [answer.status_code for answer in answers].count(409) == 7


def test_songs_that_cannot_be_heard_any_more_are_left_out(
    app: Flask, client: FlaskClient, as_mira: Headers, songs: list[int], put: Put
) -> None:
    put([*songs, 999], place=1, position_s=40)
    set_song(app, songs[0], published_at=None)
    state = stands(client, as_mira)
    assert (titles(state), state["place"], state["position_s"]) == (["Lull", "Spring"], 0, 40)
    set_song(app, songs[1], published_at=None)
    state = stands(client, as_mira)
    assert (titles(state), state["place"], state["position_s"]) == (["Spring"], 0, 0)
    set_song(app, songs[2], published_at=None)
    state = stands(client, as_mira)
    assert (titles(state), state["place"], state["position_s"]) == ([], 0, 0)


def test_a_thousand_songs_are_kept_and_read_in_few_queries(
    app: Flask, client: FlaskClient, as_mira: Headers, nils: Somebody, put: Put
) -> None:
    fill_catalogue(app, nils.id, 20, 50)
    assert put(list(range(1, 1001)), place=999).status_code == 200
    with Counted(app) as queries:
        state = stands(client, as_mira)
    assert (len(state["songs"]), state["place"]) == (1000, 999)
    assert len(queries) <= 5
    refused = put(list(range(1, 1002)), 1)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["song_ids"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"position_s": -1},
        {"position_s": "Infinity"},
        {"place": 1000},
        {"origin": "https://elsewhere.example"},
        {"origin": "javascript:alert(1)"},
        {"repeat": "twice"},
        {"source": "<b>"},
        {"device": "x" * 41},
        {"song_ids": [2**40]},
        {"user_id": 1},
    ],
)
def test_what_does_not_fit_is_refused_by_name(put: Put, songs: list[int], wrong: dict[str, object]) -> None:
    answer = put(**{"song_ids": songs, **wrong})
    assert answer.status_code == 422
    assert next(iter(answer.json["errors"])).partition(".")[0] == next(iter(wrong))


def test_the_players_own_writes_carry_the_sessions_token(client: FlaskClient, mira: Somebody, songs: list[int]) -> None:
    sign_in(client, mira)
    assert client.put("/api/player", json={"song_ids": songs}).status_code == 400
    headers = {"X-CSRFToken": csrf_token(client, "/songs")}
    assert client.put("/api/player", json={"song_ids": songs}, headers=headers).status_code == 200
