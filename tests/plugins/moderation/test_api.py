"""Claims about moderation by the API: a report to its end, each sees their part, and flags on songs and albums."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from musicapp.plugins.slots import contributions
from musicapp.spans import span_to
from plugins.moderation.services.demo import make_demo_reports
from tests.people import Somebody, add_person, bearer
from tests.plugins.catalog.music import Headers, artist_for, ready_song
from tests.plugins.catalog.shelf import Shelf


@pytest.fixture
def people(app: Flask) -> dict[str, Somebody]:
    """Who has a part in a case."""
    roles = {"Nils": "artist", "Mira": "user", "Tess": "user", "Jonas": "moderator", "Ada": "moderator"}
    return {name: add_person(app, name, role) for name, role in roles.items()}


@pytest.fixture
def headers(app: Flask, people: dict[str, Somebody]) -> dict[str, Headers]:
    """What the programs of these people send."""
    return {name: bearer(app, person) for name, person in people.items()}


@pytest.fixture
def song_id(app: Flask, people: dict[str, Somebody]) -> int:
    """A song of Nils that everybody may hear."""
    return ready_song(app, people["Nils"].id, "Neap", album="Tides")


def test_a_report_is_judged_appealed_and_answered_and_each_sees_their_part(
    client: FlaskClient, people: dict[str, Somebody], headers: dict[str, Headers], song_id: int
) -> None:
    def call(name: str, path: str, **body: Any) -> Any:
        options = {"json": body} if body else {}
        return client.open(f"/api{path}", method="POST" if body else "GET", headers=headers.get(name, {}), **options)

    song = {"kind": "song", "id": song_id}
    sent = call("Mira", "/reports", **song, category="rights", text="It is mine.", at_s=3)
    case = sent.json["data"]["id"]
    assert (sent.status_code, sent.headers["Location"]) == (201, f"/api/reports/{case}")
    assert call("", "/reports", **song, category="spam").json["data"] == {"id": case}
    for wrong in ({"category": "ugly"}, {"id": 0}, {"kind": "moon"}, {"flagged": True}):
        assert call("Mira", "/reports", **{**song, "category": "spam", **wrong}).status_code == 422
    assert call("Mira", "/reports", **{**song, "id": 999}, category="spam").status_code == 404
    [row] = call("Jonas", "/reports?category=spam&kind=song").json["data"]
    assert (row["id"], row["reports_count"], row["title"], row["by"], row["state"]) == (
        case,
        2,
        "Neap",
        "Nils Hollar",
        "open",
    )
    assert call("Jonas", "/reports?state=moon").status_code == 422
    for name, path in (("Tess", f"/reports/{case}"), ("Nils", f"/reports/{case}"), ("Mira", "/reports/999")):
        assert call(name, path).status_code == 404
    assert call("", f"/reports/{case}").status_code == 401
    assert call("Mira", f"/reports/{case}/take", x=1).status_code == 403

    assert client.post(f"/api/reports/{case}/take", headers=headers["Jonas"]).json["data"]["row"]["state"] == "taken"
    late = client.post(f"/api/reports/{case}/take", headers=headers["Ada"])
    assert (late.status_code, late.json["message"]) == (409, "Jonas was first: they have taken this case.")
    decided = call("Jonas", f"/reports/{case}/decide", action="flag", reason="Show us the licence.")
    assert decided.json["data"]["evidence"]["state"] == "hidden"
    assert [step["action"] for step in decided.json["data"]["log"]][-1] == "moderation.decided"
    assert client.get(f"/api/songs/{song_id}").status_code == 404
    second = call("Ada", f"/reports/{case}/decide", action="remove", reason="No.")
    assert (second.status_code, second.json["message"]) == (409, "Jonas was first: this case is decided.")

    mine = call("Mira", f"/reports/{case}").json["data"]
    assert mine["decisions"] == [] and mine["reports"][0]["outcome"] == "We hid it."
    [listed] = call("Mira", "/reports").json["data"]
    assert listed == mine["reports"][0]
    owned = call("Nils", f"/reports/{case}").json["data"]
    assert owned["reports"] == [] and owned["decisions"][0]["reason"] == "Show us the licence."
    assert not any(name in str(owned) for name in ("Mira", "It is mine", "Jonas"))
    assert call("Nils", "/decisions").json["data"] == owned["decisions"]
    number = owned["decisions"][0]["id"]
    assert call("Nils", f"/decisions/{number}").status_code == 200
    assert call("Mira", f"/decisions/{number}").status_code == 404

    assert call("Mira", f"/reports/{case}/appeal", text="Me too.").status_code == 404
    assert call("Nils", f"/reports/{case}/appeal", text="I wrote it.").status_code == 201
    assert call("Nils", f"/reports/{case}/appeal", text="Again.").status_code == 409
    answer = {"upheld": False, "reason": "So it is."}
    assert call("Jonas", f"/reports/{case}/answer", **answer).status_code == 403
    done = call("Ada", f"/reports/{case}/answer", **answer).json["data"]
    assert (done["row"]["state"], done["evidence"]["state"]) == ("closed", "shown")
    assert call("Ada", f"/reports/{case}/answer", **answer).status_code == 409
    assert client.get(f"/api/songs/{song_id}").status_code == 200
    assert call("Ada", f"/decisions/{number}/undo", reason="Again.").status_code == 409


def test_staff_flags_songs_and_albums_and_older_paths_turn_flags(
    app: Flask, client: FlaskClient, people: dict[str, Somebody], headers: dict[str, Headers], song_id: int
) -> None:
    album = client.get(f"/api/songs/{song_id}").json["data"]["album"]["id"]
    for kind, thing in (("song", song_id), ("album", album)):

        def put(path: str, name: str = "Jonas", **body: Any) -> Any:
            return client.put(f"/api{path}", headers=headers[name], **({"json": body} if body else {}))

        path, older = f"/{kind}s/{thing}/flag", f"/flag_{kind}/{thing}"
        assert put(path, flagged=False, reason="As it is.").json["data"]["case_id"] is None
        first = put(path, flagged=True, reason="Seen by us.").json["data"]
        assert (first["flagged"], first["kind"], first["id"]) == (True, kind, thing)
        assert client.get(f"/api/{kind}s/{thing}").status_code == 404
        assert [put(older).json["data"]["flagged"] for _ in range(3)] == [False, True, False]
        assert client.get(f"/api/{kind}s/{thing}").status_code == 200
        assert put(path, flagged=True).status_code == put(path, flagged=True, reason=" ").status_code == 422
        assert put(path, flagged=True, reason="So.", plays=1).status_code == 422
        for name in ("Nils", "Mira"):
            assert put(older, name).status_code == put(path, name, flagged=True, reason="So.").status_code == 403
        assert put(f"/flag_{kind}/999").status_code == 404
    many = {"ids": [1, 999], "action": "warn", "reason": "So."}
    said = client.post("/api/reports/decide", json=many, headers=headers["Ada"])
    assert said.json["data"] == [
        {"case_id": 1, "problem": "Jonas was first: this case is decided."},
        {"case_id": 999, "problem": "There is no such case."},
    ]


def test_moderation_is_told_in_reports_sheets_and_chats_and_the_demo_has_cases(
    app: Flask, client: FlaskClient, people: dict[str, Somebody], headers: dict[str, Headers]
) -> None:
    shelf = Shelf(app)
    with app.app_context(), writing():
        artist = artist_for(people["Nils"].id).id
    for title in ("Depot Lights", "Puddle Dub", "Gate Left Open"):
        shelf.song(title, artist)
    shelf.song("Of it", artist, album_id=shelf.album("Last Service", artist))
    with app.test_request_context():
        make_demo_reports()
        make_demo_reports()
    rows = client.get("/api/reports?sort=waiting", headers=headers["Jonas"]).json["data"]
    assert [(row["title"], row["reports_count"], row["is_overdue"]) for row in rows] == [
        ("Depot Lights", 2, True),
        ("Puddle Dub", 1, False),
        ("Last Service", 1, False),
    ]
    with app.test_request_context():
        points = ("section", "news", "export")
        given = {(point, one.name): one for point in points for one in contributions(f"reports.{point}")}
        span = span_to(now().date(), 30)
        [figures] = given["section", "moderation.cases"].call(1, 0, span)
        assert [(one.label, one.value) for one in figures.figures] == [
            ("Cases that wait", 3),
            ("Reports", 5),
            ("Decisions", 1),
            ("Appeals", 0),
        ]
        news = given["news", "moderation.waiting"].call(now() - timedelta(hours=24), now())
        assert [text for _key, text, _url, _picture in news] == [
            "Reported: song “Puddle Dub”. It waits for a moderator.",
            "Reported: album “Last Service”. It waits for a moderator.",
        ]
        for name, rows_count in (("cases", 4), ("decisions", 1)):
            export = given["export", f"moderation.{name}"]
            sheet = list(export.call(1, 0, span))
            assert len(sheet) == rows_count == export.count(1, 0, span)
            assert all(len(row) == len(export.columns) for row in sheet)
            assert not any("Tess" in str(cell) for row in sheet for cell in row)
