"""Lyrics as the words by which a song is found."""

from typing import Any

from plugins.catalog.lyrics import plain_words
from plugins.catalog.models.folding import fold_all


def lyrics_words(text: str) -> str:
    """The folded words of lyrics, without the times of timed ones; empty where there are none."""
    return fold_all(plain_words(text)) if text else ""


def words_of_given_lyrics(context: Any) -> str:
    """The default of a new song's `lyrics_key`, from the lyrics of the same statement."""
    return lyrics_words(context.get_current_parameters().get("lyrics") or "")
