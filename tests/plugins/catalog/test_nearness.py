"""Songs go together that the same listeners hear; where too few did, those that are alike; never what is hidden."""

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from plugins.catalog.models import Genre, ListenerHour, NearSong, Song
from plugins.catalog.services.nearness.gathering import Heard
from plugins.catalog.services.nearness.scoring import NEIGHBOURS, OF_ONE_ARTIST, neighbours
from tests.people import Somebody, add_person
from tests.plugins.catalog.listened import count_near_songs, hear
from tests.plugins.catalog.music import set_song
from tests.plugins.catalog.shelf import Shelf


def heard_by(*listeners: str) -> Heard:
    """Who heard what, each listener a word whose letters are songs; every song has an artist of its own."""
    heard = Heard()
    for songs in listeners:
        heard.add_listener([(ord(song), ord(song)) for song in songs])
    return heard


def near(song: str, heard: Heard) -> str:
    return "".join(chr(other) for other, _ in neighbours(ord(song), heard))


def test_one_listener_in_common_says_nothing() -> None:
    assert near("a", heard_by("ab", "ac", "de")) == ""
    assert near("a", heard_by("ab", "ab", "de")) == "b"


def test_what_everybody_hears_is_near_to_nothing() -> None:
    assert near("a", heard_by("abx", "abx", "cdx", "cdx", "ex", "fx")) == "b"
    assert near("a", heard_by("ab", "ab")) == ""


def test_the_more_of_their_listeners_songs_share_the_closer_they_are() -> None:
    heard = heard_by("abc", "abc", "abd", "abd", "acy", "bz", "qr", "qs", "q")
    assert near("a", heard) == "bcd"
    more = dict(neighbours(ord("a"), heard_by("ab", "ab", "ab", "ab", "cd", "cd")))
    fewer = dict(neighbours(ord("a"), heard_by("ab", "ab", "cd", "cd", "cd", "cd")))
    assert more[ord("b")] > fewer[ord("b")]


def test_no_artist_fills_the_list_of_a_song() -> None:
    heard = Heard()
    for _ in range(2):
        heard.add_listener([(song, 1 if song < 20 else song) for song in range(60)])
    for _ in range(5):
        heard.add_listener([(100, 100)])
    found = [heard.artist_of[other] for other, _ in neighbours(0, heard)]
    assert len(found) == NEIGHBOURS
    assert found.count(1) == OF_ONE_ARTIST


def test_similar_songs_are_those_that_the_same_listeners_hear(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody, mira: Somebody
) -> None:
    artists = [shelf.artist(name) for name in ("Okoye", "Juniper", "Kiln", "Dovetail")]
    neap, pane, ferrous, milk = (
        shelf.song(title, artist)
        for title, artist in zip(("Neap", "Meniscus", "Ferrous", "Milk"), artists, strict=True)
    )
    ada = add_person(app, "Ada")
    hear(app, nils.id, [neap, pane, ferrous])
    hear(app, mira.id, [neap, pane, ferrous])
    hear(app, ada.id, [milk])
    count_near_songs(app)

    def similar(song_id: int) -> list[str]:
        answer = visitor.get(f"/api/songs/{song_id}/similar")
        return [song["title"] for song in answer.json["data"]]

    assert similar(neap) == ["Meniscus", "Ferrous"]
    assert similar(milk) == []
    assert "Similar songs" in (page := visitor.get(f"/songs/{neap}").text)
    assert "Meniscus" in page
    heard_with = visitor.get(f"/artists/{artists[0]}").text
    assert "Often heard with" in heard_with
    assert "Juniper" in heard_with

    set_song(app, pane, hidden_at=now())
    assert similar(neap) == ["Ferrous"]
    assert "Meniscus" not in visitor.get(f"/songs/{neap}").text
    assert "Juniper" not in visitor.get(f"/artists/{artists[0]}").text
    assert visitor.get(f"/api/songs/{pane}/similar").status_code == 404
    count_near_songs(app)
    set_song(app, pane, hidden_at=None)
    assert similar(neap) == ["Ferrous"]

    with app.app_context(), writing() as unit:
        unit.execute(sa.delete(ListenerHour).where(ListenerHour.user_id == mira.id))
    count_near_songs(app)
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(NearSong)) == 0


def test_songs_that_nobody_heard_together_are_alike_by_genre_artist_and_year(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody
) -> None:
    folk, metal = (shelf.put(Genre(name=name, name_key=name.lower())) for name in ("Folk", "Metal"))
    okoye, juniper, kiln = (shelf.artist(name) for name in ("Okoye", "Juniper", "Kiln"))

    def song(title: str, artist: int, genre: int, year: int, plays: int = 0) -> int:
        song_id = shelf.song(title, artist, plays)
        shelf.change(Song, song_id, genre_id=genre, year=year)
        return song_id

    neap = song("Neap", okoye, folk, 1990)
    song("Old", juniper, folk, 1931, plays=500)
    song("Same time", juniper, folk, 1991)
    song("Same artist", okoye, metal, 1990)
    song("Same artist and genre", okoye, folk, 1990)
    song("Nothing alike", kiln, metal, 1990, plays=900)
    answer = visitor.get(f"/api/songs/{neap}/similar").json["data"]
    assert [one["title"] for one in answer] == ["Same artist and genre", "Same time", "Old", "Same artist"]
    assert [one["title"] for one in visitor.get(f"/api/songs/{neap}/similar?limit=1").json["data"]] == [
        "Same artist and genre"
    ]
