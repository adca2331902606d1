"""Changing, deleting and bringing back songs in the API."""

from typing import cast

from flask import Response
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.database import writing
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import form_or_json, kept_cover, person_who_asks, refuse_other_files, version_asked
from plugins.catalog.api.bodies import SongChangesBody
from plugins.catalog.api.marking import marked_song
from plugins.catalog.api.shapes import song_detail_shape
from plugins.catalog.services.limits import LARGEST_FORM


@plugin.api.route("/songs/<int:song_id>", methods=["PUT", "PATCH"], permission="catalog.publish", max_body=LARGEST_FORM)
@plugin.api.put(
    "/update/song/<int:song_id>", endpoint="update_song", permission="catalog.publish", max_body=LARGEST_FORM
)
def change_song(song_id: int) -> ResponseReturnValue:
    """Change what is given of a song; 409 when it was changed since `version`, or stays in an album that is hidden."""
    refuse_other_files("cover")
    given = form_or_json(SongChangesBody).model_dump(exclude_unset=True)
    person, cover_id = person_who_asks(), kept_cover()
    version, rights = version_asked(given), given.pop("rights", False)
    publishes, moment = "publish" in given, given.pop("publish", None)
    with writing():
        services.change_song(person, song_id, cast(services.SongChanges, given), version)
        if cover_id is not None:
            services.change_song_cover(person, song_id, cover_id)
        if publishes and moment is None:
            services.unpublish_song(person, song_id)
        elif publishes:
            services.publish_song(person, song_id, moment, rights=rights)
    return answer(marked_song(song_detail_shape(services.song_detail(person, song_id))), "Saved.")


@plugin.api.delete("/songs/<int:song_id>", permission="catalog.publish")
@plugin.api.delete("/delete/song/<int:song_id>", endpoint="delete_song_at", permission="catalog.publish")
def delete_song(song_id: int) -> Response:
    """Delete a song; it can be brought back for some days."""
    song = services.delete_song(person_who_asks(), song_id)
    days = services.limits().restorable_days
    return answer({"restorable_days": days}, f"“{song.title}” is deleted. It can be brought back for {days} days.")


@plugin.api.post("/songs/<int:song_id>/restore", permission="catalog.publish")
def restore_song(song_id: int) -> Response:
    """Bring a deleted song back."""
    person = person_who_asks()
    song = services.restore_song(person, song_id)
    return answer(marked_song(song_detail_shape(services.song_detail(person, song_id))), f"“{song.title}” is back.")
