"""How much songs are turned up or down, and that the player gets to know."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugins.catalog.levelling import album_gain_db, song_gain_db
from tests.people import Somebody
from tests.plugins.catalog.music import ready_song, set_album, set_song


@pytest.mark.parametrize(
    ("loudness_lufs", "true_peak_dbtp", "gain_db"),
    [
        (-9.0, 0.5, -5.0),
        (-20.0, -12.0, 6.0),
        (-20.0, -3.0, 2.0),
        (-14.0, 0.0, -1.0),
        (-20.0, None, 0.0),
        (-9.0, None, -5.0),
        (None, -3.0, None),
    ],
)
def test_songs_come_to_one_loudness_and_their_peaks_never_clip(
    loudness_lufs: float | None, true_peak_dbtp: float | None, gain_db: float | None
) -> None:
    assert song_gain_db(loudness_lufs, true_peak_dbtp) == gain_db
    if gain_db is not None and true_peak_dbtp is not None:
        assert true_peak_dbtp + gain_db <= -1.0


def test_an_album_is_only_turned_down() -> None:
    assert (album_gain_db(-9.5), album_gain_db(-20.0), album_gain_db(None)) == (-4.5, 0.0, None)


def test_the_player_gets_gains_album_and_lyrics_with_each_song(
    app: Flask, visitor: FlaskClient, nils: Somebody
) -> None:
    set_song(app, ready_song(app, nils.id, "Alone"), explicit=True)
    on_album = ready_song(app, nils.id, "Neap", album="Tides")
    set_song(app, on_album, loudness_lufs=-9.0, true_peak_dbtp=0.0, lyrics="[00:01.00]Low water")
    set_album(app, 1, loudness_lufs=-10.0)
    page = visitor.get("/songs").text
    [records] = [json.loads(found) for found in re.findall(r'<script type="application/json">(\[.*?\])</script>', page)]
    fields = ("album", "gain_db", "album_gain_db", "lyrics_url", "explicit")
    found = {song["title"]: [song[field] for field in fields] for song in records}
    assert found == {
        "Alone": [None, None, None, None, True],
        "Neap": ["Tides", -5.0, -4.0, f"/api/songs/{on_album}/lyrics", False],
    }
    lyrics = visitor.get(f"/api/songs/{on_album}/lyrics").json["data"]
    assert lyrics == {"lines": [{"at_s": 1.0, "words": "Low water"}], "words": "Low water"}
    set_song(app, on_album, published_at=None)
    assert visitor.get(f"/api/songs/{on_album}/lyrics").status_code == 404
