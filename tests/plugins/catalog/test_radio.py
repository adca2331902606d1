"""Radio has no end, repeats nothing for a hundred songs, keeps artists apart, and plays only what may be heard."""

from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from plugins.catalog.models import Genre, Song
from tests.people import Somebody
from tests.plugins.catalog.music import Counted, fill_catalogue, set_song
from tests.plugins.catalog.shelf import Shelf

MOST_STATEMENTS = 9


def tune_in(client: FlaskClient, start: str, after: list[int], limit: int = 10) -> list[int]:
    """The next songs of a radio."""
    heard = ",".join(map(str, after[-100:]))
    answer = client.get(f"/api/radio/{start}?after={heard}&limit={limit}")
    assert answer.status_code == 200, answer.text
    return [song["id"] for song in answer.json["data"]["songs"]]


def test_a_radio_goes_on_without_repeating_and_keeps_artists_apart(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody
) -> None:
    folk = shelf.put(Genre(name="Folk", name_key="folk"))
    artist_of, folk_songs = {}, set()
    for number in range(30):
        artist = shelf.artist(f"Artist {number}")
        for place in range(5):
            song_id = shelf.song(f"Song {number}-{place}", artist)
            artist_of[song_id] = artist
            if number < 15:
                shelf.change(Song, song_id, genre_id=folk)
                folk_songs.add(song_id)
    first = min(artist_of)
    played: list[int] = []
    for _ in range(13):
        following = tune_in(visitor, f"song/{first}", played)
        assert len(following) == 10
        played += following
    assert played[0] == first
    assert [at for at, song_id in enumerate(played) if song_id in played[max(0, at - 100) : at]] == []
    close = [at for at in range(3, len(played)) if artist_of[played[at]] in map(artist_of.get, played[at - 3 : at])]
    assert len(close) < len(played) / 10
    assert len(folk_songs.intersection(played[:40])) > 30
    assert len({tuple(tune_in(visitor, f"song/{first}", [])) for _ in range(4)}) > 1


def test_a_small_site_plays_again_what_was_heard_longest_ago(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody
) -> None:
    artist = shelf.artist("Okoye")
    one, two, three, hidden = (shelf.song(title, artist) for title in ("One", "Two", "Three", "Hidden"))
    set_song(app, hidden, hidden_at=now())
    assert set(tune_in(visitor, f"artist/{artist}", [])) == {one, two, three}
    assert tune_in(visitor, f"song/{one}", [one, hidden, two, three])[:3] == [one, two, three]
    assert tune_in(visitor, f"song/{one}", [two, three])[0] == one
    assert hidden not in tune_in(visitor, f"song/{one}", [], limit=50)


def test_a_radio_begins_only_where_something_can_be_heard(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody
) -> None:
    artist = shelf.artist("Okoye")
    album = shelf.album("Glass Orchard", artist)
    song = shelf.song("Pane by Pane", artist, album_id=album)
    for start in (f"song/{song}", f"album/{album}", f"artist/{artist}"):
        page = visitor.get(f"/radio/{start}")
        assert page.status_code == 200
        assert "Pane by Pane" in page.text
        assert f'data-radio="/api/radio/{start}"' in page.text
    assert tune_in(visitor, f"album/{album}", [2**31, 0, 99_999]) == [song]
    assert visitor.get(f"/api/radio/song/{song}?after=one,,2.5,-3").status_code == 200
    for start in ("song/999", "artist/999", "year/1931", f"song/{2**31}"):
        assert visitor.get(f"/api/radio/{start}").status_code == 404
    for page in (f"/songs/{song}", f"/albums/{album}", f"/artists/{artist}"):
        assert f"/radio{page.replace('s/', '/')}" in visitor.get(page).text
    set_song(app, song, hidden_at=now())
    for start in (f"song/{song}", f"album/{album}", f"artist/{artist}"):
        assert visitor.get(f"/api/radio/{start}").status_code == 404
        assert visitor.get(f"/radio/{start}").status_code == 404


def test_a_radio_costs_the_same_however_large_the_library_is(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    def asked() -> int:
        tune_in(client, "genre/1", [1, 2, 3])
        with Counted(app) as counted:
            tune_in(client, "genre/1", [1, 2, 3])
        return len([one for one in counted.statements if " site_" not in one])

    fill_catalogue(app, nils.id, albums=3, songs_each=5)
    few = asked()
    fill_catalogue(app, nils.id, albums=30, songs_each=20)
    assert asked() <= few <= MOST_STATEMENTS
