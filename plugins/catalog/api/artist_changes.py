"""Making and changing artists in the API."""

from typing import cast

from flask import Response, url_for

from musicapp.api import answer
from musicapp.database import writing
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import form_or_json, kept_cover, person_who_asks, refuse_other_files
from plugins.catalog.api.bodies import ArtistChangesBody, NewArtistBody
from plugins.catalog.api.shapes import artist_detail_shape
from plugins.catalog.services.limits import LARGEST_FORM


@plugin.api.post("/artists", permission="catalog.publish", max_body=LARGEST_FORM)
def create_artist() -> Response:
    """One more artist that you publish as."""
    refuse_other_files("cover")
    given = form_or_json(NewArtistBody).model_dump(exclude_unset=True)
    person, cover_id = person_who_asks(), kept_cover()
    with writing():
        artist = services.create_artist(person, cast(services.ArtistChanges, given))
        if cover_id is not None:
            services.change_artist_cover(person, artist.id, cover_id)
    shape = artist_detail_shape(services.artist_detail(person, artist.id))
    location = url_for("catalog.api.one_artist", artist_id=artist.id)
    return answer(shape, f"You publish as {artist.name} too now.", 201, location=location)


@plugin.api.route(
    "/artists/<int:artist_id>", methods=["PUT", "PATCH"], permission="catalog.publish", max_body=LARGEST_FORM
)
def change_artist(artist_id: int) -> Response:
    """Change what is given of an artist: the name, what is said about them, links, tint, picture."""
    refuse_other_files("cover")
    given = form_or_json(ArtistChangesBody).model_dump(exclude_unset=True)
    person, cover_id = person_who_asks(), kept_cover()
    with writing():
        services.change_artist(person, artist_id, cast(services.ArtistChanges, given))
        if cover_id is not None:
            services.change_artist_cover(person, artist_id, cover_id)
    return answer(artist_detail_shape(services.artist_detail(person, artist_id)), "Saved.")
