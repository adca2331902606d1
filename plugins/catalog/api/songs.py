"""Songs in the API."""

from contextlib import closing

from flask import request, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import answer, listing
from musicapp.errors import Invalid
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import (
    SongsQuery,
    UploadBody,
    form_or_json,
    person_who_asks,
    refuse_other_files,
    sent_cover,
    staff_who_asks,
)
from plugins.catalog.api.shapes import own_song_shape, song_detail_shape, song_shape
from plugins.catalog.moments import publication
from plugins.catalog.services.limits import LARGEST_UPLOAD


@plugin.api.get("/songs", permission="listen", query=SongsQuery)
@plugin.api.get(
    "/all_song", endpoint="all_song", defaults={"scope": "all"}, permission="catalog.see_all", query=SongsQuery
)
@plugin.api.get("/song", endpoint="song", defaults={"scope": "mine"}, permission="catalog.publish", query=SongsQuery)
def songs(query: SongsQuery, scope: str | None = None) -> ResponseReturnValue:
    """Songs: what can be heard, an artist's own, or everything for staff."""
    paging = {"limit": query.limit, "cursor": query.cursor}
    match scope or query.scope:
        case "mine":
            page = services.own_songs(person_who_asks(), **paging)  # type: ignore[arg-type]
        case "all":
            page = services.all_songs(staff_who_asks(), **paging)  # type: ignore[arg-type]
        case _:
            found = services.list_songs(
                signed_in(),
                sort=query.sort,
                artist_id=query.artist,
                genre_id=query.genre,
                limit=query.limit,
                cursor=query.cursor,
            )
            return listing(Page([song_shape(song) for song in found.rows], found.next))
    return listing(Page([own_song_shape(song) for song in page.rows], page.next))


@plugin.api.post("/songs", permission="catalog.publish", max_body=LARGEST_UPLOAD)
@plugin.api.post("/song", endpoint="upload_song", permission="catalog.publish", max_body=LARGEST_UPLOAD)
def upload() -> ResponseReturnValue:
    """A new song from the file `audio`; what is not said is read from its tags. Published `now` unless it says else."""
    file = request.files.get("audio")
    if file is None:
        raise Invalid("Send the music in the field “audio” of a form.", {"audio": ["This is needed."]})
    refuse_other_files("audio", "cover")
    body = form_or_json(UploadBody)
    wishes = services.Wishes(
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
        cover=sent_cover(),
        artist_id=body.artist_id,
    )
    with closing(file):
        song_id = services.upload_song(person_who_asks(), file, wishes)
    detail = services.song_detail(signed_in(), song_id)
    location = url_for("catalog.api.one_song", song_id=song_id)
    return answer(song_detail_shape(detail), "The song is being processed.", 202, location=location)


@plugin.api.get("/songs/<int:song_id>", permission="listen")
def one_song(song_id: int) -> ResponseReturnValue:
    """One song with its words."""
    return answer(song_detail_shape(services.song_detail(signed_in(), song_id)))
