"""The covers of playlists: chosen ones as files, and how one is chosen."""

from typing import cast

from flask import Response, request

from musicapp.api import answer
from musicapp.errors import Invalid, NotFound
from musicapp.security import signed_in
from musicapp.storage import send_stored
from plugins.catalog.services import keep_cover, read_picture
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import person_who_asks
from plugins.playlists.api.shapes import detail_shape
from plugins.playlists.services import Size

SIZES = (96, 300, 600)
KEPT_S = 3600
LARGEST_FORM = 24 << 20


@plugin.api.get("/playlists/<int:playlist_id>/cover/<int:size>.webp", permission="listen")
def cover(playlist_id: int, size: int) -> Response:
    """The cover that was chosen for a playlist, 96, 300 or 600 pixels wide."""
    if size not in SIZES:
        raise NotFound("Covers are 96, 300 or 600 pixels wide.")
    key, etag = services.chosen_cover(signed_in(), playlist_id, cast(Size, size))
    return send_stored(key, content_type="image/webp", etag=etag, max_age=KEPT_S)


@plugin.api.put("/playlists/<int:playlist_id>/cover", permission="member", max_body=LARGEST_FORM)
def change_cover(playlist_id: int) -> Response:
    """Choose a cover: a picture in the field `cover` of a form."""
    person, file = person_who_asks(), request.files.get("cover")
    if file is None:
        raise Invalid("Send the picture in the field “cover” of a form.", {"cover": ["This is needed."]})
    services.change_cover(person, playlist_id, keep_cover(read_picture(file.stream)))
    return answer(detail_shape(services.playlist_detail(person, playlist_id)), "Saved.")


@plugin.api.delete("/playlists/<int:playlist_id>/cover", permission="member")
def remove_cover(playlist_id: int) -> Response:
    """Let a playlist show the covers of its albums again."""
    person = person_who_asks()
    services.change_cover(person, playlist_id, None)
    return answer(detail_shape(services.playlist_detail(person, playlist_id)), "Saved.")
