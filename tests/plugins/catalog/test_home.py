"""The home page: to a listener what is theirs, to a visitor what this place is; nothing twice, nothing hidden."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import db, writing
from plugins.catalog.models import Follow, Genre, Song, SongDay
from plugins.catalog.services.shelves import plays_of_the_week
from tests.people import Somebody, add_person
from tests.plugins.catalog.listened import count_near_songs, hear, play
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, set_album, set_song
from tests.plugins.catalog.shelf import Shelf

MOST_FOR_VISITORS = 6
MOST_FOR_LISTENERS = 20


@pytest.fixture
def library(app: Flask, shelf: Shelf) -> dict[int, list[int]]:
    """The songs of six artists by artist, ten each, two artists in each of three genres."""
    genres = [shelf.put(Genre(name=name, name_key=name.lower())) for name in ("Folk", "Techno", "IDM")]
    made: dict[int, list[int]] = {}
    for number in range(6):
        artist = shelf.artist(f"Artist {number}")
        made[artist] = [shelf.song(f"Song {number}-{place}", artist) for place in range(10)]
        for song_id in made[artist]:
            shelf.change(Song, song_id, genre_id=genres[number % 3])
    return made


def follow(app: Flask, person: Somebody, artist_id: int) -> None:
    with app.app_context(), writing() as unit:
        unit.add(Follow(user_id=person.id, artist_id=artist_id))


def test_a_visitor_is_told_what_this_place_is_and_how_to_join(
    app: Flask, visitor: FlaskClient, library: dict[int, list[int]]
) -> None:
    page = visitor.get("/").text
    assert "Music made and shared by the people of this site." in page
    assert 'href="/signup"' in page
    assert "New singles" in page
    assert ">Genres<" in page
    assert "Made for you" not in page
    assert "Continue listening" not in page


def test_a_site_of_three_songs_shows_each_of_them_once(
    app: Flask, visitor: FlaskClient, shelf: Shelf, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    assert "Nothing to hear yet" in visitor.get("/").text
    artist = shelf.artist("Okoye")
    songs = [shelf.song(title, artist) for title in ("Neap", "Ebb", "Spring")]
    hear(app, mira.id, songs, days_ago=1)
    for headers in (None, as_mira):
        page = visitor.get("/", headers=headers).text
        assert "Nothing to hear yet" not in page
        assert page.count('<h3 class="clip"><a href="/songs/') == 3
        assert "Popular this week" not in page
        assert "Made for you" not in page


def test_a_listener_goes_on_where_they_stopped(
    app: Flask, visitor: FlaskClient, shelf: Shelf, mira: Somebody, as_mira: Headers
) -> None:
    artist = shelf.artist("Okoye")
    glass, paper, short = (shelf.album(title, artist) for title in ("Glass Orchard", "Paper Hills", "Short"))
    of_glass = [shelf.song(f"Glass {place}", artist, album_id=glass) for place in range(4)]
    of_paper = [shelf.song(f"Paper {place}", artist, album_id=paper) for place in range(3)]
    only = shelf.song("Only", artist, album_id=short)
    for place, song_id in enumerate([*of_glass, *of_paper]):
        shelf.change(Song, song_id, track_no=place)
    stop = {"song_ids": of_glass, "place": 1, "position_s": 92, "origin": f"/albums/{glass}", "source": "album"}
    assert visitor.put("/api/player", json=stop, headers=as_mira).status_code == 200
    play(app, mira.id, of_paper[0], minutes_ago=90, heard_s=180, completed=True)
    play(app, mira.id, only, minutes_ago=60, heard_s=20)
    page = visitor.get("/", headers=as_mira).text
    assert "Song 2 of 4, 1:28 left" in page
    assert "Song 2 of 3, 3:00 left" in page
    assert page.index("Glass Orchard") < page.index("Paper Hills")
    assert page.count('<article class="tile"') == 2
    assert 'data-play-url="/api/player"' in page
    assert f'data-play-url="/albums/{paper}/queue"' in page

    set_song(app, of_glass[0], hidden_at=now())
    assert "Song 1 of 3, 1:28 left" in visitor.get("/", headers=as_mira).text
    set_song(app, of_glass[1], hidden_at=now())
    play(app, mira.id, of_paper[2], minutes_ago=10, heard_s=180, completed=True)
    assert "Continue listening" not in visitor.get("/", headers=as_mira).text

    origins = {
        f"/radio/song/{only}": "Radio from Only",
        "/mixes/new": "A mix made for you",
        f"/artists/{artist}": "Okoye",
    }
    for revision, (origin, title) in enumerate(origins.items(), 1):
        at = {"song_ids": [only], "position_s": 9, "origin": origin, "source": "radio", "revision": revision}
        assert visitor.put("/api/player", json=at, headers=as_mira).status_code == 200
        assert f'<a href="{origin}">{title}</a>' in visitor.get("/", headers=as_mira).text


def test_what_was_begun_goes_on_where_its_album_or_its_page_is_not_known(
    app: Flask, visitor: FlaskClient, shelf: Shelf, mira: Somebody, as_mira: Headers
) -> None:
    artist = shelf.artist("Okoye")
    paper = shelf.album("Paper Hills", artist)
    first, second = (shelf.song(title, artist, album_id=paper) for title in ("Crease", "Fold"))
    queue = {"song_ids": [shelf.song("Neap", artist), second], "place": 1, "position_s": 9}
    assert visitor.put("/api/player", json=queue, headers=as_mira).status_code == 200
    page = visitor.get("/", headers=as_mira).text
    assert 'data-play-url="/api/player"' in page
    assert f'<a href="/songs/{second}">Fold</a>' in page
    play(app, mira.id, first, minutes_ago=60, heard_s=20)
    assert f'data-play-url="/albums/{paper}/queue"' in visitor.get("/", headers=as_mira).text
    set_album(app, paper, hidden_at=now())
    page = visitor.get("/", headers=as_mira).text
    assert page.count('<article class="tile"') == 1
    assert 'data-play-url="/queue"' not in page


def test_new_music_of_followed_artists_comes_first_and_only_once(
    app: Flask, visitor: FlaskClient, shelf: Shelf, mira: Somebody, as_mira: Headers
) -> None:
    okoye, kiln = shelf.artist("Okoye"), shelf.artist("Kiln")
    album, old, other = shelf.album("Glass Orchard", okoye), shelf.album("Long ago", okoye), shelf.album("Other", kiln)
    set_album(app, old, published_at=now() - timedelta(days=100))
    shelf.song("Single", okoye)
    hidden = shelf.song("Hidden", okoye)
    set_song(app, hidden, hidden_at=now())
    shelf.song("Ferrous", kiln, album_id=other)
    follow(app, mira, okoye)
    page = visitor.get("/", headers=as_mira).text
    followed, rest = page[page.index("New from artists you follow") :].split("New releases")
    assert "Glass Orchard" in followed
    assert "Single" in followed
    assert "Long ago" not in followed
    assert "Glass Orchard" not in rest
    assert "Other" in rest
    assert "Hidden" not in page
    set_song(app, hidden, hidden_at=None, published_at=now())
    assert "1 new song from an artist you follow this week" in visitor.get("/", headers=as_mira).text
    set_album(app, album, hidden_at=now())
    assert "Glass Orchard" not in visitor.get("/", headers=as_mira).text


def test_mixes_say_why_they_are_there_and_hold_nothing_that_was_heard_lately(
    app: Flask, visitor: FlaskClient, library: dict[int, list[int]], mira: Somebody, as_mira: Headers
) -> None:
    mine, near, *_ = library.values()
    neighbours = [add_person(app, f"Neighbour {number}") for number in range(2)]
    stranger = add_person(app, "Stranger")
    hear(app, mira.id, mine[:2], days_ago=30, plays=9)
    hear(app, mira.id, near[:2], days_ago=1)
    for neighbour in neighbours:
        hear(app, neighbour.id, [*mine, *near])
    hear(app, stranger.id, next(iter(reversed(library.values()))))
    count_near_songs(app)
    mixes = {mix["kind"]: mix for mix in visitor.get("/api/mixes", headers=as_mira).json["data"]}
    around = mixes["song"]
    assert around["id"] == mine[0]
    assert around["because"] == "Because you played Song 0-0 by Artist 0"
    ids = [song["id"] for song in around["songs"]]
    assert set(ids[:6]) <= {*mine, *near} - {mine[0], *near[:2]}
    assert mixes["genre"]["title"] == "More folk"
    assert mixes["unheard"]["because"] == "Songs here that you have not heard"
    assert not {*mine[:2], *near[:2]}.intersection(song["id"] for song in mixes["unheard"]["songs"])
    home = visitor.get("/", headers=as_mira).text
    assert "Because you played Song 0-0 by Artist 0" in home
    address = f"/mixes/song/{mine[0]}"
    assert f'href="{address}"' in home
    for mix in mixes.values():
        one = visitor.get(f"/api/mixes/{mix['kind']}/{mix['id'] or ''}".rstrip("/"), headers=as_mira).json["data"]
        assert one == mix
    assert "Songs that go with Song 0-0" in visitor.get(address).text

    for song_id in [mine[0], *ids[:3]]:
        set_song(app, song_id, hidden_at=now())
    assert visitor.get(address, headers=as_mira).status_code == 404
    shown = visitor.get("/api/mixes", headers=as_mira).json["data"]
    assert not {mine[0], *ids[:3]}.intersection(song["id"] for mix in shown for song in mix["songs"])


def test_who_heard_nothing_yet_gets_mixes_of_what_is_here(
    app: Flask, visitor: FlaskClient, library: dict[int, list[int]], as_mira: Headers
) -> None:
    made = visitor.get("/api/mixes", headers=as_mira).json["data"]
    assert [mix["kind"] for mix in made][:2] == ["popular", "new"]
    assert {mix["title"] for mix in made if mix["kind"] == "genre"} <= {"More folk", "More techno", "More IDM"}
    for mix in made:
        artists = [song["artist"]["id"] for song in mix["songs"]]
        assert len(artists) >= 5
        assert (
            visitor.get(f"/mixes/{mix['kind']}/{mix['id']}" if mix["id"] else f"/mixes/{mix['kind']}").status_code
            == 200
        )
    for unknown in ("/mixes/song/999", "/mixes/genre/999", "/mixes/moods", "/mixes/song", "/mixes/popular/3"):
        assert visitor.get(unknown).status_code == 404
        assert visitor.get(f"/api{unknown}").status_code == 404


def test_the_home_page_costs_the_same_however_much_there_is(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_mira: Headers
) -> None:
    def asked(headers: Headers | None) -> int:
        client.get("/", headers=headers)
        with Counted(app) as counted:
            assert client.get("/", headers=headers).status_code == 200
        return len([one for one in counted.statements if " site_" not in one])

    def fill(albums: int, songs_each: int) -> None:
        fill_catalogue(app, nils.id, albums=albums, songs_each=songs_each)
        with app.app_context():
            songs = list(db.session.scalars(db.select(Song.id).order_by(Song.id.desc()).limit(40)))
        hear(app, mira.id, songs, days_ago=albums % 20)
        stop = {
            "song_ids": songs,
            "place": 1,
            "position_s": 9,
            "origin": "/",
            "source": "home",
            "revision": albums // 40,
        }
        assert client.put("/api/player", json=stop, headers=as_mira).status_code == 200
        play(app, mira.id, songs[0], minutes_ago=albums, heard_s=10)

    fill(1, 8)
    follow(app, mira, 1)
    few = asked(None), asked(as_mira)
    fill(40, 20)
    many = asked(None), asked(as_mira)
    assert many[0] <= few[0] <= MOST_FOR_VISITORS
    assert many[1] <= MOST_FOR_LISTENERS
    assert many[1] - few[1] <= 1


@pytest.mark.parametrize("group", [SongDay.song_id, Song.album_id])
def test_the_plays_of_a_week_are_found_by_their_days(app: Flask, group: sa.SQLColumnExpression[int]) -> None:
    with app.app_context():
        week = sa.select(plays_of_the_week(group))
        if db.engine.dialect.name != "sqlite":
            assert db.session.execute(week).all() == []
            return
        asked = week.compile(db.engine, compile_kwargs={"literal_binds": True})
        plan = db.session.execute(sa.text(f"EXPLAIN QUERY PLAN {asked}")).all()
        assert "ix_catalog_song_day_day" in str(plan)
