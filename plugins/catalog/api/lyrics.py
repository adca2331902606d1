"""The words of songs, timed where their artist timed them."""

from flask import Response

from musicapp.api import answer
from musicapp.api.envelope import cached
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.lyrics import plain_words, timed_lines


@plugin.api.get("/songs/<int:song_id>/lyrics", permission="listen")
def song_lyrics(song_id: int) -> Response:
    """The lyrics of a song: `words` to read, and `lines` with the second at which each begins, empty for plain ones."""
    text = services.lyrics_of(signed_in(), song_id)
    lines = [{"at_s": line.at_s, "words": line.words} for line in timed_lines(text)]
    return cached(answer({"lines": lines, "words": plain_words(text)}))
