"""Genres in the API: all may read them, admins keep the list."""

from flask import Response, url_for

from musicapp.api import answer
from musicapp.api.envelope import cached
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import GenreBody, person_who_asks
from plugins.catalog.api.queries import GenresQuery
from plugins.catalog.api.shapes import genre_shape


@plugin.api.get("/genres", permission="listen", query=GenresQuery)
@plugin.api.get("/all_genre", endpoint="all_genre", permission="listen", query=GenresQuery)
def genres(query: GenresQuery) -> Response:
    """All genres, with the number of songs of each."""
    return cached(answer([genre_shape(genre) for genre in services.list_genres(signed_in(), sort=query.sort)]))


@plugin.api.get("/genres/<int:genre_id>", permission="listen")
def one_genre(genre_id: int) -> Response:
    """One genre."""
    return answer(genre_shape(services.genre_of(signed_in(), genre_id)))


@plugin.api.post("/genres", permission="catalog.manage", body=GenreBody)
def add_genre(body: GenreBody) -> Response:
    """A new genre."""
    genre = services.add_genre(person_who_asks(), body.name)
    location = url_for("catalog.api.one_genre", genre_id=genre.id)
    return answer(genre_shape(genre), f"The genre “{genre.name}” is there.", 201, location=location)


@plugin.api.patch("/genres/<int:genre_id>", permission="catalog.manage", body=GenreBody)
def rename_genre(genre_id: int, body: GenreBody) -> Response:
    """Another name for a genre."""
    return answer(genre_shape(services.rename_genre(person_who_asks(), genre_id, body.name)), "Saved.")


@plugin.api.delete("/genres/<int:genre_id>", permission="catalog.manage")
def delete_genre(genre_id: int) -> Response:
    """Remove a genre; the music that carried it stays, without one."""
    return answer(None, f"The genre “{services.delete_genre(person_who_asks(), genre_id)}” is gone.")
