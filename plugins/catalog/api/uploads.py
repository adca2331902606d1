"""New songs in the API: a whole file in one request."""

from contextlib import closing

from flask import request, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.errors import Invalid
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import UploadBody, form_or_json, kept_cover, person_who_asks, refuse_other_files
from plugins.catalog.api.shapes import song_detail_shape
from plugins.catalog.moments import publication
from plugins.catalog.services.limits import LARGEST_UPLOAD

NO_RIGHTS = "Send only music that you made or may publish."


@plugin.api.post("/songs", permission="catalog.publish", max_body=LARGEST_UPLOAD)
@plugin.api.post("/song", endpoint="upload_song", permission="catalog.publish", max_body=LARGEST_UPLOAD)
def upload() -> ResponseReturnValue:
    """A new song from the file `audio`; what is not said is read from its tags. Published `now` unless it says else."""
    file = request.files.get("audio")
    if file is None:
        raise Invalid("Send the music in the field “audio” of a form.", {"audio": ["This is needed."]})
    refuse_other_files("audio", "cover")
    wishes = wishes_of(form_or_json(UploadBody), kept_cover())
    with closing(file):
        song_id = services.upload_song(person_who_asks(), file, wishes)
    detail = services.song_detail(signed_in(), song_id)
    location = url_for("catalog.api.one_song", song_id=song_id)
    return answer(song_detail_shape(detail), "The song is being processed.", 202, location=location)


def wishes_of(body: UploadBody, cover_id: int | None) -> services.Wishes:
    """What a program wishes for a new song; it speaks for somebody who may publish it, unless it says they may not."""
    if not body.rights:
        raise Invalid(NO_RIGHTS, {"rights": [NO_RIGHTS]})
    return services.Wishes(
        title=body.title,
        album=body.album,
        album_id=body.album_id,
        genre=body.genre,
        track_no=body.track_no,
        year=body.year,
        lyrics=body.lyrics,
        licence=body.licence,
        explicit=body.explicit,
        publish_at=body.publish if "publish" in body.model_fields_set else publication("now"),
        cover_id=cover_id,
        artist_id=body.artist_id,
        rights_confirmed=True,
    )
