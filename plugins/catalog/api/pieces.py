"""New songs in the API, piece by piece: the protocol tus 1.0, which goes on where a broken connection left off."""

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import Field

from musicapp.api import Query, answer, listing
from musicapp.paging import Page
from musicapp.storage import Misplaced
from plugins.catalog import plugin, services
from plugins.catalog.api import tus
from plugins.catalog.api.asked import UploadBody, form_or_json, kept_cover, person_who_asks, refuse_other_files
from plugins.catalog.api.shapes import Shape
from plugins.catalog.api.uploads import wishes_of
from plugins.catalog.services.limits import LARGEST_FORM, LARGEST_UPLOAD


class NewUploadBody(UploadBody):
    """What is said about a song whose file will arrive in pieces."""

    filename: str = Field(min_length=1, max_length=1000)
    fingerprint: str = Field("", max_length=64, description="What the sender will know the file again by.")


class UploadsQuery(Query):
    """Which uploads."""

    ids: str = Field("", max_length=7000, description="Ids with commas between; without: all that are under way.")


@plugin.api.post("/uploads", permission="catalog.publish", max_body=LARGEST_FORM)
def begin_upload() -> ResponseReturnValue:
    """Begin an upload in pieces (tus 1.0): `Upload-Length`, and as `Upload-Metadata` or a form the `filename` and what
    a song may have; as a form also a `cover`."""
    tus.refuse_other_versions()
    size_bytes = tus.sent_number("Upload-Length")
    refuse_other_files("cover")
    said = tus.sent_metadata(NewUploadBody) if "Upload-Metadata" in request.headers else form_or_json(NewUploadBody)
    wishes = wishes_of(said, kept_cover())
    upload = services.begin_upload(person_who_asks(), said.filename, size_bytes, wishes, said.fingerprint)
    location = url_for("catalog.api.one_upload", upload_id=upload.id)
    return answer(upload_shape(upload), "Send the pieces.", 201, location=location, headers=tus.progress(upload))


@plugin.api.get("/uploads", permission="catalog.publish", query=UploadsQuery)
def uploads(query: UploadsQuery) -> Response:
    """One's own uploads in pieces that are under way, or those that are named, whatever became of them."""
    ids = [one for one in query.ids.split(",") if one][:200] if query.ids else None
    return listing(Page([upload_shape(one) for one in services.uploads_of(person_who_asks(), ids)], None))


@plugin.api.get("/uploads/<upload_id>", permission="catalog.publish")
def one_upload(upload_id: str) -> Response:
    """How far an upload is; `HEAD` tells it in headers, as tus wants it."""
    upload = services.upload_of(person_who_asks(), upload_id)
    return answer(upload_shape(upload), headers={**tus.progress(upload), "Cache-Control": "no-store"})


@plugin.api.patch("/uploads/<upload_id>", permission="catalog.publish", max_body=LARGEST_UPLOAD)
def add_piece(upload_id: str) -> Response:
    """Add a piece that begins at `Upload-Offset`; 204 says the new offset, and the last piece makes the song."""
    tus.refuse_other_versions()
    tus.refuse_other_content()
    at_bytes = tus.sent_number("Upload-Offset")
    try:
        upload = services.add_piece(
            person_who_asks(), upload_id, request.stream, at_bytes=at_bytes, checksum=tus.sent_checksum()
        )
        if upload.received_bytes != at_bytes + (request.content_length or 0):
            raise Misplaced(upload.received_bytes)
    except Misplaced as misplaced:
        misplaced.headers["Upload-Offset"] = str(misplaced.size_bytes)
        raise
    return Response(status=204, headers=tus.progress(upload))


@plugin.api.delete("/uploads/<upload_id>", permission="catalog.publish")
def cancel_upload(upload_id: str) -> Response:
    """Cancel an upload and drop what is here of it; a song that it became stays."""
    tus.refuse_other_versions()
    services.cancel_upload(person_who_asks(), upload_id)
    return Response(status=204)


@plugin.api.after_request
def speak_tus(response: Response) -> Response:
    """Say on every answer about uploads that this is tus, and on OPTIONS what of it is here."""
    if request.path.startswith("/api/uploads"):
        response.headers.extend(tus.abilities() if request.method == "OPTIONS" else tus.version())
    return response


def upload_shape(upload: services.Progress) -> Shape:
    """An upload in pieces: receiving, refused, or in the state of the song that it became."""
    return {
        "id": upload.id,
        "state": "refused" if upload.problem else upload.song_state or "receiving",
        "problem": upload.problem or upload.song_problem,
        "note": f"This is the same sound as “{upload.same_sound_as}”." if upload.same_sound_as else "",
        "file_name": upload.file_name,
        "fingerprint": upload.fingerprint,
        "size_bytes": upload.size_bytes,
        "received_bytes": upload.received_bytes,
        "expires_at": upload.expires_at.isoformat(),
        "url": url_for("catalog.api.one_upload", upload_id=upload.id),
        "song": song_of_upload(upload) if upload.song_id is not None else None,
    }


def song_of_upload(upload: services.Progress) -> Shape:
    """The song that an upload became, or that is here already."""
    edit_url = url_for("catalog.edit_song", song_id=upload.song_id)
    return {"id": upload.song_id, "title": upload.song_title, "edit_url": edit_url}
