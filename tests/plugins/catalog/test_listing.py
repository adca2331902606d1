"""Claims about the lists of the API: every order, every narrowing, by both paths, and refusals in sentences."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from plugins.catalog.models import Album, Artist, ArtistMember, Genre, Song, fold
from tests.people import Somebody
from tests.plugins.catalog.music import Headers

# title, artist, genre, album, year, plays, explicit, days since it was published
SONGS = [
    ("Brine", 1, 1, 1, 1998, 5, False, 4),
    ("anchor", 1, 1, 1, 1998, 9, True, 3),
    ("Übermut", 2, 2, 2, 2004, 1, False, 2),
    ("Zenith", 2, 1, None, None, 7, False, 1),
]
ALBUMS = [("Tides", 1, 1, 1998, "album", 14, 4), ("Alps", 2, 2, 2004, "live", 1, 2)]
LATER = ("Later", 1, 1, None, 2030, 99, False, -1)


@pytest.fixture(autouse=True)
def catalogue(app: Flask, nils: Somebody) -> None:
    """Two artists with four songs on two albums, and one song whose day has not come."""
    with app.app_context(), writing() as unit:
        for name in ("Nils", "Ada"):
            unit.add(Artist(name=name, name_key=fold(name), plays=len(name)))
            unit.add(Genre(name=f"Genre of {name}", name_key=fold(f"Genre of {name}")))
            unit.flush()
        for title, artist, genre, year, kind, plays, days in ALBUMS:
            published = {"published_at": now() - timedelta(days=days), "kind": kind, "plays": plays, "year": year}
            unit.add(Album(title=title, title_key=fold(title), artist_id=artist, genre_id=genre, **published))
            unit.flush()
        for title, artist, genre, album, year, plays, explicit, days in [*SONGS, LATER]:
            of = {"artist_id": artist, "genre_id": genre, "album_id": album, "year": year, "plays": plays}
            file = {"file_name": "a", "audio_mime": "audio/mpeg", "audio_bytes": 1, "audio_sha256": title}
            at = now() - timedelta(days=days)
            song = Song(title=title, title_key=fold(title), explicit=explicit, state="ready", published_at=at)
            unit.add(song)
            for field, value in {**of, **file}.items():
                setattr(song, field, value)
            unit.flush()


def names(client: FlaskClient, path: str, **query: object) -> list[str]:
    """The titles or names of a whole list, page after page."""
    found, cursor = [], None
    while True:
        answer = client.get(path, query_string={**query, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        found += [one.get("title") or one["name"] for one in answer.json["data"]]
        cursor = answer.json["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize("limit", [1, 3, 50])
def test_every_order_of_songs_albums_and_artists_holds_over_pages(client: FlaskClient, limit: int) -> None:
    def in_order(path: str, sort: str) -> list[str]:
        return names(client, path, sort=sort, limit=limit)

    songs = {
        "newest": ["Zenith", "Übermut", "anchor", "Brine"],
        "title": ["anchor", "Brine", "Übermut", "Zenith"],
        "popular": ["anchor", "Zenith", "Brine", "Übermut"],
        "year": ["Übermut", "anchor", "Brine", "Zenith"],
    }
    assert {sort: in_order("/api/songs", sort) for sort in songs} == songs
    assert sorted(in_order("/api/songs", "random")) == sorted(songs["title"])
    albums = {"newest": ["Alps", "Tides"], "title": ["Alps", "Tides"], "popular": ["Tides", "Alps"]}
    albums["year"] = ["Alps", "Tides"]
    assert {sort: in_order("/api/albums", sort) for sort in albums} == albums
    artists = {"name": ["Ada", "Nils"], "popular": ["Nils", "Ada"], "newest": ["Ada", "Nils"]}
    assert {sort: in_order("/api/artists", sort) for sort in artists} == artists
    assert sorted(in_order("/api/artists", "random")) == ["Ada", "Nils"]


@pytest.mark.parametrize(
    ("query", "songs"),
    [
        ("artist=2", ["Zenith", "Übermut"]),
        ("genre=1", ["Zenith", "anchor", "Brine"]),
        ("year=1998", ["anchor", "Brine"]),
        ("from_year=1999", ["Übermut"]),
        ("to_year=1999&sort=title", ["anchor", "Brine"]),
        ("from_year=1990&to_year=2010&sort=year", ["Übermut", "anchor", "Brine"]),
        ("explicit=false", ["Zenith", "Übermut", "Brine"]),
        ("genre=1&year=1998&sort=popular&explicit=false", ["Brine"]),
        ("artist=99", []),
    ],
)
def test_songs_are_narrowed(client: FlaskClient, query: str, songs: list[str]) -> None:
    asked = dict(part.split("=") for part in query.split("&"))
    assert names(client, "/api/songs", **asked) == songs
    assert sorted(names(client, "/api/songs", **{**asked, "sort": "random", "limit": 1})) == sorted(songs)


def test_albums_artists_genres_and_years_are_narrowed_and_counted(client: FlaskClient) -> None:
    assert names(client, "/api/albums", kind="live") == names(client, "/api/albums", artist=2) == ["Alps"]
    for narrowing in ({"genre": 1}, {"year": 1998}, {"to_year": 2000}):
        assert names(client, "/api/albums", **narrowing) == ["Tides"]
    assert names(client, "/api/artists", genre=2) == ["Ada"]
    genres = [("Genre of Ada", 1), ("Genre of Nils", 3)]
    for path, counted in (("/api/genres", genres), ("/api/all_genre?sort=popular", genres[::-1])):
        assert [(one["name"], one["songs_count"]) for one in client.get(path).json["data"]] == counted
    years = client.get("/api/years").json["data"]
    assert years == [
        {"year": 2004, "songs_count": 1, "albums_count": 1},
        {"year": 1998, "songs_count": 2, "albums_count": 1},
    ]


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/api/songs?sort=loudest", "sort"),
        ("/api/albums?kind=box", "kind"),
        ("/api/artists?sort=title", "sort"),
        ("/api/genres?sort=random", "sort"),
        ("/api/songs?year=12", "year"),
        ("/api/songs?colour=red", "colour"),
        ("/api/albums?cursor=nonsense", "cursor"),
        ("/api/songs?sort=random&cursor=WyJyYW5kb20iLDEsOTksMV0", "cursor"),
    ],
)
def test_what_does_not_fit_is_named_in_a_sentence(client: FlaskClient, path: str, field: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 422
    assert answer.json["errors"][field][0].endswith(".")


def test_details_say_who_made_it_on_which_terms_and_how_loud_it_is(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), writing() as unit:
        said = {"credits": [{"role": "Voice", "name": "Ada"}], "description": "By the sea.", "lyrics": "[00:01]Oh"}
        unit.execute(sa.update(Song).where(Song.id == 1).values(**said, loudness_lufs=-9.5, true_peak_dbtp=-0.5))
        unit.execute(sa.update(Album).where(Album.id == 1).values(loudness_lufs=-10.0, credits=said["credits"]))
        unit.execute(sa.update(Artist).values(links=[{"label": "Home", "url": "https://example.org"}]))
    song = client.get("/api/songs/1").json["data"]
    assert {**song, **said} == song
    assert (song["loudness_lufs"], song["true_peak_dbtp"], song["album_loudness_lufs"]) == (-9.5, -0.5, -10.0)
    assert song["has_lyrics"] and song["version"] == 1 and "flagged" not in song
    listed = client.get("/api/songs?sort=title").json["data"][1]
    assert listed["loudness_lufs"] == -9.5 and not {"lyrics", "credits", "description"} & set(listed)
    album = client.get("/api/albums/1").json["data"]
    assert (album["kind"], album["plays"], album["credits"]) == ("album", 14, said["credits"])
    assert client.get("/api/artists/1").json["data"]["links"][0]["label"] == "Home"


def test_an_artists_own_lists_hold_what_is_still_to_come(client: FlaskClient, nils: Somebody, as_nils: Headers) -> None:
    with client.application.app_context(), writing() as unit:
        unit.add(ArtistMember(artist_id=1, user_id=nils.id))
    for path in ("/api/songs?scope=mine", "/api/song"):
        own = client.get(path, headers=as_nils).json["data"]
        assert [song["title"] for song in own] == ["Later", "anchor", "Brine"]
    for path in ("/api/albums?scope=mine", "/api/album"):
        assert [album["title"] for album in client.get(path, headers=as_nils).json["data"]] == ["Tides"]
