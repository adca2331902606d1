"""What listeners see of the catalogue: albums, artists and songs whole, and lists that are sorted and narrowed."""

import re
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import writing
from plugins.catalog.models import Artist
from tests.people import Somebody
from tests.plugins.catalog.music import Counted, fill_catalogue, ready_song, set_album, set_song

CREDITS = [{"role": "Voice", "name": "Ada Quist"}, {"role": "Voice", "name": "Ines Aduro"}]
TIMED = "[00:05.00]You left the gate open\n[00:08.50]the field <came> inside"

MOST_READS = 5
WAYS = (
    "/browse",
    "/new",
    "/popular",
    "/random",
    "/years",
    "/years/1931",
    "/artists?sort=popular&genre=1",
    "/albums?kind=album&sort=random",
    "/songs?from=1900&to=1999&clean=1&sort=random",
    "/artists/1/queue",
    "/search/results?q=crossing",
)


def words(page: str) -> str:
    """What is read on a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def titles(page: str) -> list[str]:
    return re.findall(r'<h3[^>]*><a href="[^"]*"[^>]*>([^<]+)</a>', page)


def test_an_albums_page_says_what_it_is_who_made_it_and_on_which_terms(
    app: Flask, client: FlaskClient, nils: Somebody
) -> None:
    first = ready_song(app, nils.id, "Neap", album="Salt Almanac", genre="Folk")
    second = ready_song(app, nils.id, "Lull", album="Salt Almanac")
    set_album(app, 1, kind="ep", released_on=date(2026, 11, 12), credits=CREDITS)
    set_song(app, first, disc_no=1, licence="CC BY-SA 4.0")
    set_song(app, second, disc_no=2, licence="ask Nils")
    page = client.get("/albums/1").text
    for said in ("EP Salt Almanac", "12 November 2026", "2 songs", "6 min", "Voice Ada Quist Ines Aduro", "ask Nils"):
        assert said in words(page)
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/" rel="license' in page
    assert re.search(r"Disc 1.*Neap.*Disc 2.*Lull", words(page))
    assert re.search(r'srcset="[^"]*/96\.webp[^"]* 96w,[^"]* 600w"[^>]* fetchpriority=high', page)


def test_an_artists_releases_stand_by_kind_once_there_are_many(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    artist_id, albums = fill_catalogue(app, nils.id, albums=4, songs_each=1)
    set_album(app, albums[0], kind="live")
    with app.app_context(), writing() as unit:
        links = [{"label": "Home page", "url": "https://paper.example/"}]
        unit.execute(sa.update(Artist).where(Artist.id == artist_id).values(links=links, bio="From Årdal."))
    few = client.get(f"/artists/{artist_id}").text
    assert ">Releases</h2>" in few and ">Live</h2>" not in few
    assert '<a class="btn s" href="https://paper.example/" rel="me nofollow noopener"' in few
    fill_catalogue(app, nils.id, albums=3, songs_each=1)
    many = client.get(f"/artists/{artist_id}").text
    assert many.index(">Albums</h2>") < many.index(">Live</h2>") < many.rindex("From Årdal.")
    songs = client.get(f"/artists/{artist_id}/queue").json["data"]["songs"]
    assert [song["artist"] for song in songs] == ["The Paper Ferry"] * 7


def test_a_songs_page_has_its_timed_words_its_file_and_how_loud_it_is(
    app: Flask, client: FlaskClient, nils: Somebody
) -> None:
    song_id = ready_song(app, nils.id, "Neap")
    measured = {"loudness_lufs": -9.3, "true_peak_dbtp": -0.2, "sample_rate_hz": 44_100, "channels": 2}
    set_song(app, song_id, lyrics=TIMED, credits=CREDITS, bitrate_kbps=320, **measured)
    page = client.get(f"/songs/{song_id}").text
    assert '<li data-at="8.5">the field &lt;came&gt; inside</li>' in page
    assert "MP3, 320 kbit/s, 44.1 kHz, stereo" in page
    assert "−9.3 LUFS; levelling plays it 4.7 dB softer" in page
    assert f'data-id="{song_id}" data-duration="180.0"' in page
    set_song(app, song_id, lyrics="You left the gate open", loudness_lufs=None)
    page = client.get(f"/songs/{song_id}").text
    assert "data-at" not in page and "LUFS" not in page and "You left the gate open" in page


def test_lists_are_narrowed_and_every_filter_can_be_taken_off(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    fill_catalogue(app, nils.id, albums=1, songs_each=60)
    single = ready_song(app, nils.id, "Neap", genre="Ambient")
    set_song(app, single, year=1931, explicit=True)
    set_album(app, 1, kind="ep")
    asked = f"/songs?sort=title&genre=2&from=1930&to=1931&artist={2}"
    page = client.get(asked).text
    assert titles(page) == ["Neap"]
    chips = {
        words(chip): unescape(url) for url, chip in re.findall(r'<a class="chip holds" href="([^"]+)">(.*?)</a>', page)
    }
    assert [name.removeprefix("Take off: ") for name in chips] == [
        "By Nils Hollar",
        "Ambient",
        "From 1930",
        "Until 1931",
    ]
    without_genre = urlsplit(chips["Take off: Ambient"]).query
    assert without_genre == "sort=title&artist=2&from=1930&to=1931"
    assert "Nothing fits all of these filters." in client.get("/songs?genre=2&clean=1").text
    assert titles(client.get("/albums?kind=ep").text) == ["Ferry Book 000"]
    assert titles(client.get("/albums?kind=live").text) == []
    assert titles(client.get("/artists?genre=2").text) == ["Nils Hollar"]
    following = re.search(r'href="([^"]+)" rel="next"', client.get("/songs?genre=1&sort=random").text)
    assert following is not None
    assert {"genre=1", "sort=random"} <= set(unescape(following.group(1)).split("?")[1].split("&"))
    assert client.get("/songs?genre=x&from=-3&to=99999&artist=0&kind=none").status_code == 200


@pytest.mark.parametrize("path", ["/browse", "/new", "/popular", "/random", "/years", "/years/1931", "/genres"])
def test_ways_through_the_music_lead_on_even_while_there_is_nothing(
    app: Flask, visitor: FlaskClient, nils: Somebody, path: str
) -> None:
    page = visitor.get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.text and "btn main-act" in page.text
    song_id = ready_song(app, nils.id, "Neap", album="Salt Almanac", genre="Folk")
    set_song(app, song_id, year=1931, plays=7)
    set_album(app, 1, year=1931)
    page = visitor.get(path)
    assert 'class="empty"' not in page.text
    assert '<a class="go" href="/browse" aria-current=' in page.text


def test_a_genre_has_its_songs_albums_and_artists(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    fill_catalogue(app, nils.id, albums=2, songs_each=8)
    page = client.get("/genres/1").text
    assert "All 16 songs" in words(page)
    assert titles(page)[:10] == [f"Crossing 002-00{n}" for n in range(7, -1, -1)] + [
        "Crossing 001-007",
        "Crossing 001-006",
    ]
    assert {"Ferry Book 000", "Ferry Book 001", "The Paper Ferry"} <= set(titles(page))


def test_what_is_typed_gets_the_results_of_the_search_page_without_its_frame(
    app: Flask, client: FlaskClient, nils: Somebody
) -> None:
    ready_song(app, nils.id, "Night Bus to Årdal", album="Salt <Almanac>")
    page, typed = client.get("/search?q=ardal"), client.get("/search/results?q=ardal")
    assert "<html" not in typed.text and typed.text.strip() in page.text
    assert "Night Bus to <mark>Årdal</mark>" in typed.text
    assert 'data-said="1 result for “ardal”"' in typed.text
    assert "Salt &lt;<mark>Almanac</mark>&gt;" in client.get("/search/results?q=almanac&kind=album").text
    assert "Nothing found for “&lt;zzz&gt;”" in client.get("/search/results?q=<zzz>").text
    assert 'data-focuses="q"' in client.get("/search/results").text


def test_no_way_through_the_music_costs_more_than_five_reads(app: Flask, client: FlaskClient, nils: Somebody) -> None:
    for albums in (1, 50):
        fill_catalogue(app, nils.id, albums=albums, songs_each=20)
        costs = {path: reads(app, client, path) for path in WAYS}
        assert {path: cost for path, cost in costs.items() if cost > MOST_READS} == {}


def reads(app: Flask, client: FlaskClient, path: str) -> int:
    """How many times a page asks the tables of music for music, once its templates are known."""
    assert client.get(path).status_code == 200
    with Counted(app) as counted:
        client.get(path)
    return sum(" catalog_" in one and " playlists_" not in one for one in counted.statements)
