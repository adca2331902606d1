"""Lyrics while they are written: which lines are odd, and what will be shown when."""

from dataclasses import asdict

from flask import Response
from pydantic import Field

from musicapp.api import Body, answer
from musicapp.api.input import read_body
from plugins.catalog import plugin, services
from plugins.catalog.lyrics import timed_lines
from plugins.catalog.views.desk.songs import own_song


class LyricsBody(Body):
    """Lyrics as they stand in the box."""

    lyrics: str = Field(max_length=20_000)


@plugin.post("/studio/songs/<int:song_id>/lyrics", permission="catalog.publish")
def check_lyrics(song_id: int) -> Response:
    """What is odd about lyrics that are not saved yet, and their timed lines."""
    text = read_body(LyricsBody).lyrics
    odd = services.odd_lines(text, own_song(song_id).row.duration_s)
    return answer({"odd": [asdict(line) for line in odd], "lines": [asdict(line) for line in timed_lines(text)]})
