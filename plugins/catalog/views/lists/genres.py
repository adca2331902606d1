"""All genres of which something can be heard."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import sort_asked

SORTS = {"name": "A to Z", "popular": "Largest first"}


@plugin.get("/genres", permission="listen")
def genres() -> str:
    """All genres of which something can be heard."""
    sort = sort_asked(SORTS, "name")
    all_genres = services.list_genres(signed_in(), sort="popular" if sort == "popular" else "name")
    shown = [genre for genre in all_genres if genre.songs_count]
    return render_template("catalog/genres.html", genres=shown, sorts=SORTS, sort=sort)
