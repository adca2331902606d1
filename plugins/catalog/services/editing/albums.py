"""What artists say about an album."""

from datetime import date
from typing import Literal, TypedDict, get_args

from musicapp.database import session, writing
from musicapp.errors import Invalid
from musicapp.plugins import emit
from plugins.catalog.events import AlbumChanged
from plugins.catalog.models import Album, Genre, fold
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.editing.credits import Credit, credits_of
from plugins.catalog.services.editing.meanwhile import refuse_if_changed
from plugins.catalog.services.editing.songs import put_plain
from plugins.catalog.services.editing.tints import choose_tint
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.moderating.along import hidden_since
from plugins.catalog.services.ownership import album_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.words import title_of

Kind = Literal["album", "ep", "single", "compilation", "live"]


class AlbumChanges(TypedDict, total=False):
    """What may be changed of an album; `tint` is as a song's."""

    title: str
    kind: Kind
    genre: str
    year: int | None
    released_on: date | None
    description: str
    credits: list[Credit]
    tint: str


def create_album(person: Person, changes: AlbumChanges, artist_id: int | None = None) -> Album:
    """Make a draft of an album without songs."""
    artist_id = artist_to_publish_as(person, artist_id)
    title = title_of(changes.get("title"))
    with writing():
        album = Album(artist_id=artist_id, title=title, title_key=fold(title), hidden_at=hidden_since(artist_id))
        session().add(album)
        apply(album, changes)
    return album


def change_album(person: Person, album_id: int, changes: AlbumChanges, version: int | None = None) -> Album:
    """Change what is said about an album; with `version`, only if nobody changed it since (ChangedMeanwhile)."""
    with writing():
        album = album_to_change(person, album_id)
        refuse_if_changed(album, version, changes, lambda: present(album))
        apply(album, changes)
        emit(AlbumChanged(album.id, album.artist_id))
    return album


def apply(album: Album, changes: AlbumChanges) -> None:
    if "title" in changes:
        album.title = title_of(changes["title"])
        album.title_key = fold(album.title)
    if "kind" in changes:
        album.kind = kind_of(changes["kind"])
    if "genre" in changes:
        album.genre_id = genre_named(changes["genre"])
    if "credits" in changes:
        album.credits = credits_of(changes["credits"])
    if "tint" in changes:
        choose_tint(album, changes["tint"])
    album.released_on = changes.get("released_on", album.released_on)
    put_plain(album, changes)


def kind_of(word: str) -> str:
    if word not in get_args(Kind):
        sentence = f"This must be one of {', '.join(get_args(Kind))}."
        raise Invalid(sentence, {"kind": [sentence]})
    return word


def present(album: Album) -> dict[str, object]:
    """What an album says now, by the names of AlbumChanges."""
    genre = session().get(Genre, album.genre_id) if album.genre_id else None
    plain = ("title", "kind", "year", "released_on", "description", "credits")
    return {
        **{name: getattr(album, name) for name in plain},
        "genre": genre.name if genre else "",
        "tint": album.tint if album.tint_is_chosen else "",
    }
