"""What somebody began, as the tiles of the home page show it: a name, how far it is, and what the player takes."""

import re
from dataclasses import dataclass

from flask import url_for

from musicapp.addresses import url_of
from musicapp.errors import NotFound
from musicapp.pages import duration
from plugins.catalog.links import song_cover_url
from plugins.catalog.services import Person, find_subject
from plugins.catalog.services.continuing import Begun
from plugins.catalog.services.nearness import seed_of

PAGE = re.compile(r"/([a-z]+?)s/([0-9]{1,9})")
MIX_PAGE = re.compile(r"/mixes/[a-z]+(/[0-9]{1,9})?")
RADIO_PAGE = re.compile(r"/radio/([a-z]+)/([0-9]{1,9})")


@dataclass(frozen=True)
class Tile:
    """One tile. `play_url` answers the songs, of which the one at `place` goes on at `at_s` seconds."""

    title: str
    words: str
    url: str
    cover_url: str | None
    tint: str
    percent: int
    play_url: str
    origin: str
    source: str
    place: int
    at_s: int
    radio_url: str


def tile_of(person: Person, begun: Begun) -> Tile:
    """The tile of something begun, named after the page that it was played from."""
    song = begun.song
    album_url = url_of("catalog.album", album_id=song.album_id) if song.album_id else ""
    origin = album_url if begun.origin is None else begun.origin
    title, url = name_of(person, begun, origin, album_url)
    left = f"{duration(begun.left_s)} left"
    return Tile(
        title=title,
        words=f"Song {begun.place + 1} of {begun.count}, {left}" if begun.count > 1 else left,
        url=url,
        cover_url=song_cover_url(song),
        tint=song.tint,
        percent=begun.percent,
        play_url=f"{album_url}/queue" if begun.origin is None else url_of("catalog.api.player"),
        origin=origin,
        source=begun.source,
        place=begun.place,
        at_s=int(begun.position_s),
        radio_url=radio_url_of(origin),
    )


def name_of(person: Person, begun: Begun, origin: str, album_url: str) -> tuple[str, str]:
    """What a page that music was played from is called, and its address; the song and its own where nobody knows."""
    song = begun.song
    if origin and origin == album_url:
        return song.album_title or song.title, origin
    if radio := RADIO_PAGE.fullmatch(origin):
        return name_of_radio(person, radio[1], int(radio[2])), origin
    if MIX_PAGE.fullmatch(origin):
        return "A mix made for you", origin
    if page := PAGE.fullmatch(origin):
        try:
            subject = find_subject(person, page[1], int(page[2]))
        except NotFound:
            subject = None
        if subject is not None and subject.url == origin:
            return subject.title, origin
    return song.title, url_of("catalog.song", song_id=song.id)


def name_of_radio(person: Person, kind: str, seed_id: int) -> str:
    """Radio by what it began from, as long as that can still be heard."""
    try:
        return f"Radio from {seed_of(person, kind, seed_id).title}"
    except NotFound:
        return "Radio"


def radio_url_of(origin: str) -> str:
    """Where the songs of a radio come from that was heard from its page; "" for all other pages."""
    page = RADIO_PAGE.fullmatch(origin)
    return url_for("catalog.api.radio_songs", kind=page[1], seed_id=int(page[2])) if page else ""
