"""Stars, favourites and follows: one of each a listener, for music that they may know of, and seen by them alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db, writing
from musicapp.plugins.declared import Listener
from musicapp.plugins.site import site_of
from plugins.auth.models import User
from plugins.catalog.events import ArtistFollowed, ArtistUnfollowed, Favourited, SongRated, Unfavourited
from plugins.catalog.models import Rating, Song
from plugins.catalog.services import followers_of
from plugins.catalog.services.marks import correct_ratings
from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.music import Headers, ready_song, set_song

NOBODYS = {"average": None, "count": 0, "mine": None}


@pytest.fixture
def song_id(app: Flask, nils: Somebody) -> int:
    """A song on an album."""
    return ready_song(app, nils.id, "Neap", album="Slack Water")


def rated(client: FlaskClient, headers: Headers, song_id: int, stars: int) -> dict[str, Any]:
    answer = client.put(f"/api/songs/{song_id}/rating", json={"stars": stars}, headers=headers)
    assert answer.status_code == 200, answer.text
    rating: dict[str, Any] = answer.json["data"]["rating"]
    return rating


def song_of(client: FlaskClient, song_id: int, headers: Headers | None = None) -> dict[str, Any]:
    song: dict[str, Any] = client.get(f"/api/songs/{song_id}", headers=headers).json["data"]
    return song


def told(app: Flask, *kinds: type) -> list[object]:
    """A list that fills with the events of these kinds."""
    heard: list[object] = []
    for kind in kinds:
        site_of(app).listeners.setdefault(kind, []).append(Listener("tests", kind, heard.append, False))
    return heard


def test_a_listener_rates_a_song_once_and_may_think_again(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, as_ada: Headers, song_id: int
) -> None:
    events = told(app, SongRated)
    assert song_of(client, song_id, as_mira)["rating"] == NOBODYS
    assert rated(client, as_mira, song_id, 5) == {"average": 5.0, "count": 1, "mine": 5}
    assert rated(client, as_ada, song_id, 2) == {"average": 3.5, "count": 2, "mine": 2}
    assert rated(client, as_mira, song_id, 4) == {"average": 3.0, "count": 2, "mine": 4}
    assert rated(client, as_mira, song_id, 4) == {"average": 3.0, "count": 2, "mine": 4}
    assert song_of(client, song_id)["rating"] == {"average": 3.0, "count": 2, "mine": None}
    for _ in range(2):
        gone = client.delete(f"/api/songs/{song_id}/rating", headers=as_mira)
        assert gone.json["data"]["rating"] == {"average": 2.0, "count": 1, "mine": None}
    artist_id = song_of(client, song_id)["artist"]["id"]
    mine = [event for event in events if isinstance(event, SongRated) and event.person_id == mira.id]
    assert mine == [SongRated(song_id, artist_id, mira.id, stars) for stars in (5, 4, None)]
    for stars in (0, 6, "many"):
        refused = client.put(f"/api/songs/{song_id}/rating", json={"stars": stars}, headers=as_mira)
        assert refused.status_code == 422 and "stars" in refused.json["errors"]
    assert client.put(f"/api/songs/{song_id}/rating", json={"stars": 3}).status_code == 401


def test_the_counters_hold_when_many_rate_at_once(
    app: Flask, client: FlaskClient, listeners: Callable[[int], list[Headers]], song_id: int
) -> None:
    everyone = listeners(6)

    def keep_rating(headers: Headers) -> list[int]:
        program = app.test_client()
        codes = []
        for stars in (1, 5, 3):
            codes.append(
                program.put(f"/api/songs/{song_id}/rating", json={"stars": stars}, headers=headers).status_code
            )
            if stars == 5:
                codes.append(program.delete(f"/api/songs/{song_id}/rating", headers=headers).status_code)
        return codes

    with ThreadPoolExecutor(12) as pool:  # each listener in two tabs
        assert {code for codes in pool.map(keep_rating, everyone * 2) for code in codes} == {200}
    with app.app_context():
        counted = db.session.execute(sa.select(sa.func.count(), sa.func.sum(Rating.stars))).one()
        kept = db.session.execute(sa.select(Song.ratings_count, Song.ratings_sum).where(Song.id == song_id)).one()
    assert tuple(kept) == tuple(counted)
    assert counted[0] in range(1, 7)


def test_ratings_that_go_with_an_account_leave_no_trace_in_the_average(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, as_ada: Headers, nils: Somebody, song_id: int
) -> None:
    untouched = ready_song(app, nils.id, "Spring")
    rated(client, as_mira, song_id, 5)
    rated(client, as_ada, song_id, 2)
    rated(client, as_ada, untouched, 4)
    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(User).where(User.id == mira.id))
    with app.app_context():
        assert correct_ratings() == 1
        assert correct_ratings() == 0
    assert song_of(client, song_id)["rating"] == {"average": 2.0, "count": 1, "mine": None}
    assert song_of(client, untouched)["rating"]["count"] == 1


def test_favourites_are_kept_once_listed_by_kind_and_theirs_alone(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, as_ada: Headers, nils: Somebody, song_id: int
) -> None:
    events = told(app, Favourited, Unfavourited)
    other_id = ready_song(app, nils.id, "Spring")
    song = song_of(client, song_id)
    paths = [
        f"songs/{song_id}",
        f"songs/{other_id}",
        f"albums/{song['album']['id']}",
        f"artists/{song['artist']['id']}",
    ]
    for path in paths * 2:
        assert client.put(f"/api/{path}/favourite", headers=as_mira).json["data"] == {"favourite": True}
    assert len(events) == 4 and Favourited("song", song_id, mira.id) in events
    for path in paths:
        seen = [
            client.get(f"/api/{path}", headers=headers).json["data"]["favourite"] for headers in (as_mira, as_ada, None)
        ]
        assert seen == [True, False, False]

    def favourites(kind: str, headers: Headers = as_mira, more: str = "") -> Any:
        return client.get(f"/api/favourites?kind={kind}{more}", headers=headers).json

    assert [one["title"] for one in favourites("song")["data"]] == ["Spring", "Neap"]
    first = favourites("song", more="&limit=1")
    assert [one["title"] for one in favourites("song", more=f"&limit=1&cursor={first['next']}")["data"]] == ["Neap"]
    assert favourites("song")["data"][0]["favourite"] is True
    assert [one["title"] for one in favourites("album")["data"]] == ["Slack Water"]
    assert [one["name"] for one in favourites("artist")["data"]] == ["Nils Hollar"]
    assert favourites("song", as_ada)["data"] == []
    set_song(app, other_id, hidden_at=sa.func.now())
    assert [one["title"] for one in favourites("song")["data"]] == ["Neap"]
    for _ in range(2):
        client.delete(f"/api/songs/{song_id}/favourite", headers=as_mira)
    assert client.delete(f"/api/songs/{other_id}/favourite", headers=as_mira).status_code == 200
    assert favourites("song")["data"] == []
    assert events[4:] == [Unfavourited("song", one, mira.id) for one in (song_id, other_id)]


def test_who_follows_an_artist_is_known_once(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, song_id: int
) -> None:
    events = told(app, ArtistFollowed, ArtistUnfollowed)
    artist_id = song_of(client, song_id)["artist"]["id"]
    path = f"/api/artists/{artist_id}"
    for _ in range(2):
        assert client.put(f"{path}/follow", headers=as_mira).json["data"] == {"following": True}
    assert client.get(path, headers=as_mira).json["data"]["following"] is True
    assert client.get(path).json["data"]["following"] is False
    [followed] = client.get("/api/following", headers=as_mira).json["data"]
    assert (followed["id"], followed["following"]) == (artist_id, True)
    with app.app_context():
        assert db.session.scalars(followers_of(artist_id)).all() == [mira.id]
    for _ in range(2):
        assert client.delete(f"{path}/follow", headers=as_mira).json["data"] == {"following": False}
    assert client.get("/api/following", headers=as_mira).json["data"] == []
    assert events == [ArtistFollowed(artist_id, mira.id), ArtistUnfollowed(artist_id, mira.id)]


def test_nobody_marks_what_they_may_not_know_of(
    app: Flask, client: FlaskClient, as_nils: Headers, as_mira: Headers, nils: Somebody
) -> None:
    draft_id = ready_song(app, nils.id, "Draft")
    artist_id = song_of(client, draft_id)["artist"]["id"]
    set_song(app, draft_id, published_at=None)
    paths = [f"songs/{draft_id}/favourite", f"artists/{artist_id}/favourite", f"artists/{artist_id}/follow"]
    paths += [
        "songs/999/favourite",
        "albums/999/favourite",
        "artists/999/follow",
        "songs/99999999999999999999/favourite",
    ]
    for path in paths:
        assert client.put(f"/api/{path}", headers=as_mira).status_code == 404, path
        assert client.delete(f"/api/{path}", headers=as_mira).status_code == 404, path
        assert client.put(f"/api/{path}").status_code == 401, path
    rating = f"/api/songs/{draft_id}/rating"
    assert client.put(rating, json={"stars": 5}, headers=as_mira).status_code == 404
    assert client.delete(rating, headers=as_mira).status_code == 404
    assert client.put(f"/api/songs/{draft_id}/favourite", headers=as_nils).status_code == 200


def test_what_one_listener_said_stands_in_their_answers_and_in_nobody_elses(
    app: Flask, client: FlaskClient, as_mira: Headers, as_ada: Headers, song_id: int
) -> None:
    song = song_of(client, song_id)
    album, artist = f"/api/albums/{song['album']['id']}", f"/api/artists/{song['artist']['id']}"
    rated(client, as_mira, song_id, 4)
    for path in (f"/api/songs/{song_id}", album, artist):
        client.put(f"{path}/favourite", headers=as_mira)

    def marks(headers: Headers | None) -> set[tuple[Any, ...]]:
        answers = {path: client.get(path, headers=headers).json["data"] for path in (album, artist, "/api/songs")}
        found = client.get("/api/search?q=neap", headers=headers).json["data"]
        songs = [*answers[album]["songs"], *answers[artist]["popular_songs"], *answers["/api/songs"], *found["songs"]]
        return {(one["rating"]["average"], one["rating"]["mine"], one["favourite"]) for one in [*songs, found["best"]]}

    for headers in (None, as_mira, as_ada, None):
        assert marks(headers) == ({(4.0, 4, True)} if headers is as_mira else {(4.0, None, False)})
    for path in ("/api/albums", "/api/artists"):
        seen = [client.get(path, headers=headers).json["data"][0]["favourite"] for headers in (as_mira, as_ada, None)]
        assert seen == [True, False, False]


def test_hearts_stars_and_follows_work_without_scripts(
    app: Flask, client: FlaskClient, visitor: FlaskClient, mira: Somebody, song_id: int
) -> None:
    song = song_of(client, song_id)
    page, album, artist = (
        f"/{kind}s/{song_id if kind == 'song' else song[kind]['id']}" for kind in ("song", "album", "artist")
    )
    sign_in(client, mira)
    for path, sentence in (
        ("/library/favourites", "No favourite songs yet"),
        ("/library/favourites?kind=album", "No favourite albums yet"),
        ("/library/favourites?kind=artist", "No favourite artists yet"),
        ("/library/following", "You follow nobody yet"),
    ):
        assert sentence in client.get(path).text
    kept = post(client, f"{page}/favourite", {"on": "1", "back": f"{album}?a=b"})
    assert (kept.status_code, kept.location) == (303, f"{album}?a=b")
    for elsewhere in ("//example.org/", "https://example.org/", ""):
        assert post(client, f"{album}/favourite", {"on": "1", "back": elsewhere}).location == album
    for act in ("favourite", "follow"):
        post(client, f"{artist}/{act}", {"on": "1"})
    assert post(client, f"{page}/rating", {"stars": "4"}).location == page
    assert "4.0 of 5 stars, 1 rating" in visitor.get(page).text
    for path, name in (
        ("/library/favourites", "Neap"),
        ("/library/favourites?kind=album", "Slack Water"),
        ("/library/favourites?kind=artist", "Nils Hollar"),
        ("/library/following", "Nils Hollar"),
    ):
        assert f">{name}</a>" in client.get(path).text
    queue = client.get("/library/favourites/queue").json["data"]["songs"]
    assert [(one["title"], one["favourite"], one["stars"]) for one in queue] == [("Neap", True, 4)]
    hearts = {
        path: client.get(path).text.count('aria-pressed="true" data-mark="favourite"') for path in (page, album, artist)
    }
    assert hearts == {page: 1, album: 3, artist: 3}  # the head, and each row twice: beside the song and in its menu
    for nonsense in ({"stars": "many"}, {"stars": "6"}, {}):
        assert post(client, f"{page}/rating", nonsense).status_code == 422
    assert "4.0 of 5 stars, 1 rating" in visitor.get(page).text
    post(client, f"{page}/favourite", {"on": "0"})
    assert post(client, f"{page}/rating", {"stars": ["4", "0"]}).status_code == 303
    assert "No favourite songs yet" in client.get("/library/favourites").text
    assert "Not rated yet" in client.get(page).text
    as_visitor = visitor.get(f"{album}?a=b").text
    assert f'name="next" value="{album}?a=b"' in as_visitor and "/favourite" not in as_visitor
    assert visitor.get("/library").location == "/login?next=/library"
