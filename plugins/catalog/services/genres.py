"""Genres: the list of all, and who keeps it tidy."""

from functools import partial
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, Forbidden, Invalid, NotFound
from musicapp.plugins import emit
from plugins.catalog.events import GenreChanged
from plugins.catalog.models import Genre, Song, fold
from plugins.catalog.services.inserting import insert_new
from plugins.catalog.services.kept import LISTS
from plugins.catalog.services.persons import Person, manages, may_browse
from plugins.catalog.services.rows import GenreCard, of_each
from plugins.catalog.services.visibility import is_public
from plugins.catalog.services.words import known_id, line_of, title_of

NOT_HERE = "This genre is not here."
NAME_LIMIT = 80
HUES = 24
HUE_STEP = 7


def list_genres(person: Person | None, *, sort: Literal["name", "popular"] = "name") -> list[GenreCard]:
    """All genres, with the number of songs that everybody may hear: by name, or the largest first."""
    if not may_browse(person):
        return []
    genres = LISTS.remember(list[GenreCard], "genres", counted_genres)
    return genres if sort == "name" else sorted(genres, key=lambda genre: -genre.songs_count)


def genre_of(person: Person | None, genre_id: int) -> GenreCard:
    """One genre; raises NotFound."""
    known_id(genre_id, NOT_HERE)
    genre = LISTS.remember(GenreCard | None, f"genre:{genre_id}", partial(counted_genre, genre_id))  # type: ignore[arg-type]
    if genre is None or not may_browse(person):
        raise NotFound(NOT_HERE)
    return genre


def counted_genre(genre_id: int) -> GenreCard | None:
    """One genre with the songs of its own stretch of the index."""
    songs = of_each(Genre, sa.func.count(Song.id), sa.and_(Song.genre_id == Genre.id, is_public(Song)))
    row = session().execute(sa.select(Genre.id, Genre.name, songs).where(Genre.id == genre_id)).one_or_none()
    return genre_card(*row) if row else None


def counted_genres() -> list[GenreCard]:
    """All genres by name. Their songs are counted by walking an index, which the large library feels: so it is kept.

    A counter in the row of the genre would make everybody who publishes in it wait for each other, and could not know
    of songs whose day of publication comes.
    """
    counts = sa.select(Song.genre_id, sa.func.count().label("songs")).where(is_public(Song), Song.genre_id.is_not(None))
    songs = {row.genre_id: row.songs for row in session().execute(counts.group_by(Song.genre_id))}
    genres = session().execute(sa.select(Genre.id, Genre.name).order_by(Genre.name_key, Genre.id))
    return [genre_card(genre_id, name, songs.get(genre_id, 0)) for genre_id, name in genres]


def genre_card(genre_id: int, name: str, songs_count: int) -> GenreCard:
    """A genre has no cover, so its tint is its own number, far from its neighbours'."""
    return GenreCard(genre_id, name, songs_count, str(genre_id * HUE_STEP % HUES))


def genre_named(name: str | None) -> int | None:
    """The id of the genre of this name, made when there is none; None for no name. Inside `writing()`."""
    name = line_of(name, NAME_LIMIT)
    key = fold(name)
    if not key:
        return None
    found = session().scalar(sa.select(Genre.id).where(Genre.name_key == key))
    if found is None:
        found = insert_new(Genre, name=name, name_key=key)
    return found if found is not None else session().scalar(sa.select(Genre.id).where(Genre.name_key == key))


def add_genre(person: Person, name: str) -> GenreCard:
    """Add a genre; raises Conflict when there is one of this name."""
    require_manager(person)
    name = genre_name(name)
    with writing():
        genre_id = insert_new(Genre, name=name, name_key=fold(name))
        if genre_id is None:
            raise Conflict(f"There is a genre “{name}” already.")
        emit(GenreChanged(genre_id))
    return genre_of(person, genre_id)


def rename_genre(person: Person, genre_id: int, name: str) -> GenreCard:
    """Give a genre another name; raises Conflict when another genre has it."""
    require_manager(person)
    name = genre_name(name)
    with writing() as unit:
        genre = locked(genre_id)
        try:
            with unit.begin_nested():
                genre.name, genre.name_key = name, fold(name)
        except IntegrityError:
            raise Conflict(f"There is a genre “{name}” already.") from None
        emit(GenreChanged(genre_id))
    return genre_of(person, genre_id)


def genre_name(raw: str) -> str:
    name = title_of(raw, NAME_LIMIT)
    if not fold(name):
        raise Invalid("A genre needs a name that can be read.", {"name": ["Write it in letters."]})
    return name


def delete_genre(person: Person, genre_id: int) -> str:
    """Remove a genre from the list and from all music that carries it; answers its name."""
    require_manager(person)
    with writing() as unit:
        genre = locked(genre_id)
        unit.execute(sa.delete(Genre).where(Genre.id == genre.id).execution_options(**UNSYNCED))
        emit(GenreChanged(genre_id))
    return genre.name


def locked(genre_id: int) -> Genre:
    genre = session().scalar(
        sa.select(Genre).where(Genre.id == known_id(genre_id, NOT_HERE)).with_for_update(key_share=True)
    )
    if genre is None:
        raise NotFound(NOT_HERE)
    return genre


def require_manager(person: Person) -> None:
    if not manages(person):
        raise Forbidden("Only admins of this site keep its list of genres.")
