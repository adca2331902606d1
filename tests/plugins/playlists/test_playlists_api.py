"""Playlists for programs: the resource paths, the older ones, and what is refused."""

from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

from tests.people import Somebody
from tests.plugins.catalog.music import Counted, Headers
from tests.plugins.playlists.lists import made, many_songs

NAME = "AC/DC // 夜 & ☔?"


def test_programs_make_read_change_and_delete_playlists_by_the_older_paths(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, as_jonas: Headers
) -> None:
    one, two, three = many_songs(app, nils, 3)
    made = client.post("/api/playlist", json={"name": NAME, "songs": [one, two, one]}, headers=as_mira)
    assert (made.status_code, made.headers["Location"]) == (201, "/api/playlists/1")
    again = client.post("/api/playlist", json={"name": NAME.lower()}, headers=as_mira)
    assert (again.status_code, list(again.json["errors"])) == (409, ["name"])
    by_name = f"/api/playlist/{quote(NAME)}"
    for path in (by_name, f"/api/playlist/{quote(NAME, safe='')}", "/api/playlists/1"):
        read = client.get(path, headers=as_mira).json["data"]
        assert (read["name"], read["owner"]["name"], read["visibility"]) == (NAME, "Mira", "private")
        assert [song["id"] for song in read["songs"]] == [one, two, one]
        assert (read["songs_count"], read["duration_s"], read["next"]) == (3, 540.0, None)
    assert client.get(by_name, headers=as_jonas).status_code == 404
    assert (
        client.get("/api/playlists/1").status_code
        == client.get("/api/playlists/1", headers=as_jonas).status_code
        == 404
    )
    listed = client.get("/api/playlist", headers=as_mira).json["data"]
    assert listed == client.get("/api/playlists", headers=as_mira).json["data"] and len(listed) == 1
    words = {"name": "Nights", "visibility": "public", "description": "<b>", "songs": [three, one]}
    changed = client.put("/api/update/playlist/1", json=words, headers=as_mira).json["data"]
    assert [song["id"] for song in changed["songs"]] == [three, one]
    assert client.get("/api/playlists/1").json["data"]["name"] == "Nights"
    assert client.put("/api/update/playlist/1", json=words, headers=as_jonas).status_code == 403
    removed = client.delete(f"/api/delete/playlist/song/{three}?playlist=nights", headers=as_mira)
    assert removed.json["data"]["songs_count"] == 1
    assert client.delete(f"/api/delete/playlist/song/{three}?playlist=1", headers=as_mira).status_code == 404
    client.post("/api/playlists", json={"name": "Other", "songs": [one]}, headers=as_mira)
    everywhere = client.delete(f"/api/delete/playlist/song/{one}", headers=as_mira).json["data"]
    assert [playlist["songs_count"] for playlist in everywhere] == [0, 0]
    assert client.delete("/api/delete/playlist/Nights", headers=as_jonas).status_code == 404
    assert client.delete("/api/delete/playlist/Nights", headers=as_mira).status_code == 200
    assert client.get("/api/playlists/1", headers=as_mira).status_code == 404
    assert client.get("/api/playlists/deleted", headers=as_mira).json["data"][0]["name"] == "Nights"
    assert client.post("/api/playlists/1/restore", headers=as_mira).json["data"]["name"] == "Nights"


def test_programs_put_songs_into_an_order_and_page_through_it(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers
) -> None:
    one, two, three = many_songs(app, nils, 3)
    client.post("/api/playlists", json={"name": "Long", "songs": [one, two, three]}, headers=as_mira)
    path = "/api/playlists/1"

    def entries() -> list[tuple[int, int]]:
        first = client.get(f"{path}/songs?limit=2", headers=as_mira).json
        rest = client.get(f"{path}/songs?limit=400&cursor={first['next']}", headers=as_mira).json
        assert len(first["data"]) == 2 and rest["next"] is None
        return [(song["entry_id"], song["id"]) for song in [*first["data"], *rest["data"]]]

    ids = [entry_id for entry_id, _ in entries()]
    key = {**as_mira, "Idempotency-Key": "one-add"}
    for _ in range(2):
        added = client.post(f"{path}/songs", json={"songs": [one], "before": ids[1]}, headers=key)
        assert added.status_code == 201
    assert [song for _, song in entries()] == [one, one, two, three]
    new = added.json["data"]["entries"]
    moved = client.post(f"{path}/entries/move", json={"entries": new, "before": None}, headers=as_mira)
    assert moved.status_code == 200 and entries()[-1] == (new[0], one)
    assert client.put(f"{path}/songs", json={"songs": [three, one, two, one]}, headers=as_mira).status_code == 200
    assert [song for _, song in entries()] == [three, one, two, one]
    order = [entry_id for entry_id, _ in entries()][::-1]
    assert client.put(f"{path}/songs", json={"entries": order}, headers=as_mira).status_code == 200
    assert [entry_id for entry_id, _ in entries()] == order
    gone = client.delete(f"{path}/songs/{one}", headers=as_mira).json["data"]["entries"]
    assert len(gone) == 2
    assert client.post(f"{path}/entries/restore", json={"entries": gone}, headers=as_mira).status_code == 200
    assert [entry_id for entry_id, _ in entries()] == order
    assert client.delete(f"{path}/entries/{order[0]}", headers=as_mira).status_code == 200
    assert client.delete(f"{path}/entries/{order[0]}", headers=as_mira).status_code == 404
    kinds = [one["kind"] for one in client.get(f"{path}/changes?limit=2", headers=as_mira).json["data"]]
    assert kinds == ["removed", "brought_back"]


def test_programs_make_smart_playlists_and_change_their_rules(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers
) -> None:
    [song] = many_songs(app, nils, 1)
    short, long = ({"rules": [{"field": "duration", "operator": op, "value": 200}]} for op in ("at_most", "at_least"))
    made = client.post("/api/playlists", json={"name": "Short", "rules": short}, headers=as_mira).json["data"]
    assert ([one["id"] for one in made["songs"]], made["songs_count"], made["smart"]) == ([song], 1, True)
    assert client.get("/api/playlists", headers=as_mira).json["data"][0]["songs_count"] is None
    changed = client.put("/api/playlists/1", json={"rules": long}, headers=as_mira).json["data"]
    assert (changed["songs"], changed["songs_count"], changed["rules"]["rules"][0]["operator"]) == ([], 0, "at_least")
    stale = client.put("/api/playlists/1", json={"rules": short, "revision": made["revision"]}, headers=as_mira)
    assert (stale.status_code, "changed meanwhile" in stale.json["message"]) == (409, True)
    added = client.post("/api/playlists/1/songs", json={"songs": [song]}, headers=as_mira)
    assert (added.status_code, added.json["message"]) == (409, "The songs of a smart playlist are chosen by its rules.")
    wrong = {"rules": [{"field": "duration", "operator": "at_most", "value": "DROP TABLE"}]}
    refused = client.post("/api/playlists", json={"name": "Wrong", "rules": wrong}, headers=as_mira)
    assert (refused.status_code, list(refused.json["errors"])) == (422, ["rules.0.value"])


def test_a_song_goes_out_of_many_lists_without_asking_for_each_of_them(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    one, two = many_songs(app, nils, 2)
    costs = []
    for song, lists in ((one, 2), (two, 12)):
        for number in range(lists):
            made(app, mira, f"{song} {number}", song_ids=[song])
        with Counted(app) as counted:
            gone = client.delete(f"/api/delete/playlist/song/{song}", headers=as_mira).json["data"]
        assert [playlist["songs_count"] for playlist in gone] == [0] * lists
        costs.append(sum(one.startswith("SELECT") for one in counted.statements))
    assert costs[0] == costs[1]


def test_what_programs_may_not_do_is_refused_in_words(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, as_jonas: Headers
) -> None:
    [song] = many_songs(app, nils, 1)
    body = {"name": "Mine", "visibility": "public", "songs": [song]}
    assert client.post("/api/playlists", json=body).status_code == 401
    assert client.post("/api/playlists", json=body, headers=as_mira).status_code == 201
    refused = {
        ("POST", "/api/playlists", "owner"): 422,
        ("POST", "/api/playlists", "name"): 422,
        ("PUT", "/api/playlists/1", "visibility"): 422,
        ("POST", "/api/playlists/1/songs", "songs"): 404,
        ("PUT", "/api/playlists/1/songs", "entries"): 409,
    }
    wrong = {"owner": 3, "name": " ", "visibility": "all", "songs": [99], "entries": [1, 1]}
    for (method, path, field), status in refused.items():
        told = client.open(path, method=method, json={field: wrong[field]}, headers=as_mira)
        assert (told.status_code, field in told.json["errors"]) == (status, True), told.text
    for method, path, given in (
        ("POST", "/api/playlists/1/songs", {"songs": [song]}),
        ("DELETE", "/api/playlists/1", None),
        ("POST", "/api/playlists/1/invitations", {"role": "editor"}),
        ("DELETE", "/api/playlists/1/cover", None),
    ):
        assert client.open(path, method=method, json=given, headers=as_jonas).status_code == 403
    for path in ("/api/playlists/2147483648", "/api/playlists/99", "/api/playlists?scope=mine"):
        assert client.get(path).status_code == (401 if "scope" in path else 404)
    assert len(client.get("/api/playlists?scope=public").json["data"]) == 1
    assert client.put("/api/playlists/1/follow", headers=as_jonas).status_code == 200
    assert client.get("/api/playlists?scope=followed", headers=as_jonas).json["data"][0]["id"] == 1
    link = client.post("/api/playlists/1/invitations", json={"role": "editor"}, headers=as_mira)
    assert link.headers["Cache-Control"] == "no-store" and "/playlists/join/" in link.json["data"]["link"]
    assert client.post(link.json["data"]["join_url"], headers=as_jonas).json["data"]["playlist_id"] == 1
    assert client.post("/api/playlists/1/songs", json={"songs": [song]}, headers=as_jonas).status_code == 201
    people = client.get("/api/playlists/1/collaborators", headers=as_jonas).json["data"]
    assert [(one["name"], one["role"]) for one in people["members"]] == [("Mira", "owner"), ("Jonas", "editor")]
