"""What people say about the artists that they publish as, and new ones."""

from typing import TypedDict

from musicapp.database import writing
from musicapp.errors import Invalid
from musicapp.plugins import emit
from plugins.catalog.events import ArtistChanged
from plugins.catalog.models import Artist, ArtistMember, fold
from plugins.catalog.services.editing.links import Link, links_of
from plugins.catalog.services.editing.tints import choose_tint
from plugins.catalog.services.ownership import artist_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.words import line_of, text_of


class ArtistChanges(TypedDict, total=False):
    """What may be changed of an artist; `tint` is as a song's."""

    name: str
    bio: str
    links: list[Link]
    tint: str


def create_artist(person: Person, changes: ArtistChanges) -> Artist:
    """Make one more artist that somebody publishes as."""
    name = name_of(changes.get("name"))
    with writing() as unit:
        artist = Artist(name=name, name_key=fold(name))
        unit.add(artist)
        unit.flush()
        unit.add(ArtistMember(artist_id=artist.id, user_id=person.id))
        apply(artist, changes)
    return artist


def change_artist(person: Person, artist_id: int, changes: ArtistChanges) -> Artist:
    """Change what is said about an artist."""
    with writing():
        artist = artist_to_change(person, artist_id)
        apply(artist, changes)
        emit(ArtistChanged(artist.id))
    return artist


def apply(artist: Artist, changes: ArtistChanges) -> None:
    if "name" in changes:
        artist.name = name_of(changes["name"])
        artist.name_key = fold(artist.name)
    if "bio" in changes:
        artist.bio = text_of(changes["bio"], 5_000)
    if "links" in changes:
        artist.links = links_of(changes["links"])
    if "tint" in changes:
        choose_tint(artist, changes["tint"])


def name_of(raw: str | None) -> str:
    name = line_of(raw, 120)
    if not name:
        raise Invalid("A name is needed.", {"name": ["Give a name."]})
    return name
