"""Names of playlists: what may be one, and that an owner has each only once."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import IntegrityError

from musicapp.database import session
from musicapp.errors import Conflict, Invalid
from plugins.catalog.services import fold, line_of
from plugins.playlists.models import Playlist

LONGEST_NAME = 120
LONGEST_KEY = 300


def name_of(raw: str) -> str:
    """A name as it is kept; raises Invalid when nothing of it can be read, or it is too long."""
    name = line_of(raw, LONGEST_NAME * 4)
    if not name or len(name) > LONGEST_NAME:
        sentence = f"A playlist has a name of at most {LONGEST_NAME} characters." if name else "Give it a name."
        raise Invalid(sentence, {"name": [sentence]})
    return name


def key_of(name: str) -> str:
    """By what an owner's names are told apart: their letters and signs, not their case and width."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(plain.split())[:LONGEST_KEY]


def give_name(playlist: Playlist, name: str) -> None:
    """Let a playlist go by a name that `name_of` checked."""
    playlist.name, playlist.name_key, playlist.search_key = name, key_of(name), fold(name)


@contextmanager
def named_once(name: str) -> Iterator[None]:
    """Write a playlist with this name inside; raises Conflict when its owner has another of that name already."""
    try:
        with session().begin_nested():
            yield
    except IntegrityError:
        sentence = f"You have a playlist called “{name}” already."
        raise Conflict(sentence, {"name": [sentence]}) from None
