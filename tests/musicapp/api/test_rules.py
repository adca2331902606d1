"""Claims that hold for every endpoint: the shape of answers and failures, input, paging, ETag, CORS."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import writing
from musicapp.site.models import StoredSetting
from tests.conftest import on_one_database


def test_success_has_message_and_data_and_says_where_the_new_thing_is(client: FlaskClient) -> None:
    response = client.post("/api/notes/", json={"text": "one"})
    assert response.status_code == 201
    assert response.headers["Location"] == "/api/notes/1"
    assert response.json == {"message": "Written.", "data": {"number": 1, "text": "one"}}


@pytest.mark.parametrize(
    ("body", "field", "sentence"),
    [
        ({}, "text", "This is needed."),
        ({"text": "a", "owner": 1}, "owner", "There is no such field."),
        ({"text": "a" * 21}, "text", "This is too long: at most 20 characters."),
        ({"text": "a", "stars": 6}, "stars", "This must be at most 5."),
        ({"text": "a", "stars": 10**400}, "stars", "This must be at most 5."),
        ({"text": ["a"]}, "text", "This must be a text."),
    ],
)
@on_one_database
def test_what_does_not_fit_is_refused_by_field(
    client: FlaskClient, body: dict[str, Any], field: str, sentence: str
) -> None:
    response = client.post("/api/notes/", json=body)
    assert response.status_code == 422
    assert response.json is not None
    assert response.json["errors"][field] == [sentence]


@pytest.mark.parametrize("text", ["{", "", "[" * 100_000, '{"text": "a"', "\xff", "[]", '"text"'])
@on_one_database
def test_an_unreadable_body_is_400(client: FlaskClient, text: str) -> None:
    response = client.post("/api/notes/", data=text.encode("latin-1"), content_type="application/json")
    assert response.status_code == 400
    assert response.is_json


@on_one_database
def test_a_body_that_is_no_json_is_415(client: FlaskClient) -> None:
    assert client.post("/api/notes/", data="text=a").status_code == 415


@on_one_database
def test_an_unknown_query_is_refused_by_name(client: FlaskClient) -> None:
    response = client.get("/api/notes/?colour=red")
    assert (response.status_code, response.json["errors"]) == (  # type: ignore[index]
        422,
        {"colour": ["There is no such field."]},
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/notes/9", 404), ("/api/nothing", 404), ("/api/notes/mine", 401), ("/api/notes/often", 429)],
)
@on_one_database
def test_failures_are_json_sentences(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert response.json is not None
    assert set(response.json) == {"message", "errors"}
    assert response.json["message"].endswith(".")
    assert response.headers["Cache-Control"] == "no-store"


@on_one_database
def test_too_often_says_how_long_to_wait(client: FlaskClient) -> None:
    assert client.get("/api/notes/often").headers["Retry-After"] == "7"


@on_one_database
def test_the_wrong_method_is_405_and_names_the_right_ones(client: FlaskClient) -> None:
    response = client.delete("/api/notes/")
    assert response.status_code == 405
    assert {"GET", "POST"} <= set(response.headers["Allow"].replace(" ", "").split(","))


@on_one_database
def test_a_crash_is_a_500_with_a_number_and_no_trace(app: Flask) -> None:
    from musicapp import errors

    app.config["PROPAGATE_EXCEPTIONS"] = False
    errors.init_app(app)
    response = app.test_client().get("/api/notes/crash")
    assert response.status_code == 500
    assert response.json is not None
    assert response.json["errors"]["request"] == [response.headers["X-Request-Id"]]
    assert "ZeroDivision" not in response.text


@on_one_database
def test_a_request_id_is_kept_when_plain_and_replaced_when_not(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"X-Request-Id": "abcdef-123"}).headers["X-Request-Id"] == "abcdef-123"
    assert client.get("/healthz", headers={"X-Request-Id": "a b<c>"}).headers["X-Request-Id"] != "a b<c>"


def fill(app: Flask, count: int) -> list[str]:
    names = [f"name {number:03}" for number in range(count)]
    with app.app_context(), writing() as unit:
        for name in names:
            unit.add(StoredSetting(plugin="test", name=name, value=1))
    return names


def pages(client: FlaskClient, path: str) -> list[list[str]]:
    found, cursor = [], None
    while True:
        response = client.get(path + (f"&cursor={cursor}" if cursor else ""))
        assert response.json is not None
        found.append(response.json["data"])
        if (cursor := response.json["next"]) is None:
            return found


@pytest.mark.parametrize(
    ("sort", "in_order"), [("name", sorted), ("newest", lambda names: sorted(names, reverse=True))]
)
def test_paging_gives_every_row_once_and_in_order(
    app: Flask, client: FlaskClient, sort: str, in_order: Callable[[list[str]], list[str]]
) -> None:
    names = fill(app, 23)
    found = pages(client, f"/api/notes/?limit=5&sort={sort}")
    assert [len(page) for page in found] == [5, 5, 5, 5, 3]
    flat = [name for page in found for name in page]
    assert flat == in_order(flat)
    assert sorted(flat) == names


def test_a_page_does_not_move_when_rows_are_added_before_it(app: Flask, client: FlaskClient) -> None:
    fill(app, 6)
    first = client.get("/api/notes/?limit=3").json
    assert first is not None
    with app.app_context(), writing() as unit:
        unit.add(StoredSetting(plugin="test", name="a earlier", value=1))
    second = client.get(f"/api/notes/?limit=3&cursor={first['next']}").json
    assert second is not None
    assert second["data"] == ["name 003", "name 004", "name 005"]


@pytest.mark.parametrize(
    "cursor",
    ["x", "%00", "bnVsbA", "WyJuYW1lIiwidiIsMSwyXQ", "WyJuZXdlc3QiLCJ0IiwibmV2ZXIiLDFd", "W10", "e30", "'; DROP TABLE"],
)
@on_one_database
def test_a_made_up_cursor_is_422(client: FlaskClient, cursor: str) -> None:
    response = client.get("/api/notes/", query_string={"cursor": cursor})
    assert response.status_code == 422


@pytest.mark.parametrize("limit", ["0", "501", "-1", "many", "1e3", "9" * 400])
@on_one_database
def test_limits_have_bounds(client: FlaskClient, limit: str) -> None:
    assert client.get("/api/notes/", query_string={"limit": limit}).status_code == 422


def test_a_cached_answer_has_an_etag_and_is_304_for_who_has_it(client: FlaskClient) -> None:
    first = client.get("/api/notes/cached")
    again = client.get("/api/notes/cached", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get("/api/notes/cached", headers={"If-None-Match": '"other"'}).status_code == 200


@on_one_database
def test_answers_vary_by_what_they_depend_on(client: FlaskClient) -> None:
    vary = client.get("/api/notes/").headers["Vary"]
    assert "Cookie" in vary
    assert "Origin" in vary


@on_one_database
def test_only_named_origins_may_call_and_never_with_cookies(client: FlaskClient) -> None:
    named = client.get("/api/notes/", headers={"Origin": "https://other.example"})
    assert named.headers["Access-Control-Allow-Origin"] == "https://other.example"
    assert "Access-Control-Allow-Credentials" not in named.headers
    for origin in ("https://evil.example", "null", "https://other.example.evil.example", "http://other.example"):
        assert "Access-Control-Allow-Origin" not in client.get("/api/notes/", headers={"Origin": origin}).headers


@on_one_database
def test_pages_are_never_open_to_other_origins(client: FlaskClient) -> None:
    response = client.get("/notes/", headers={"Origin": "https://other.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


@on_one_database
def test_a_preflight_is_answered_before_sign_in_is_asked_for(client: FlaskClient) -> None:
    response = client.options(
        "/api/notes/mine", headers={"Origin": "https://other.example", "Access-Control-Request-Method": "GET"}
    )
    assert response.status_code == 204
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]


@on_one_database
def test_the_openapi_document_names_every_endpoint(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").json
    assert document is not None
    assert document["openapi"] == "3.1.0"
    notes = document["paths"]["/api/notes/"]
    assert notes["post"]["summary"] == "Write a note."
    body = notes["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body["properties"]["stars"]["maximum"] == 5
    assert [parameter["name"] for parameter in notes["get"]["parameters"]] == ["limit", "cursor", "sort"]
    assert document["paths"]["/api/notes/{number}"]["get"]["parameters"][0]["schema"] == {"type": "integer"}
