"""What the API of music takes: the shapes of bodies and queries, and how a form with files is read."""

from typing import Any, TypeVar

from flask import request
from pydantic import AwareDatetime, BaseModel, Field

from musicapp.api import Body, Query
from musicapp.api.input import checked, read_body
from musicapp.errors import Forbidden, Invalid
from musicapp.security import may, signed_in
from plugins.catalog.api.bodies import Id, SongBody
from plugins.catalog.services import LogInFirst, Person, keep_cover, read_picture

M = TypeVar("M", bound=BaseModel)


class SearchQuery(Query):
    """What to look for."""

    q: str = Field(max_length=200, description="Words of titles, names or lyrics, as far as they are written.")
    kind: str = Field("", max_length=20, description="Only results of this kind: song, album, artist, lyrics, …")
    limit: int = Field(20, ge=1, le=50, description="Most results of each kind.")


class UploadBody(SongBody):
    """What is said about a new song, beside its file `audio` and perhaps a `cover`."""

    album_id: Id | None = None
    artist_id: Id | None = None
    rights: bool = Field(
        True, description="That you made this music or may publish it: sending it says so, and `false` refuses it."
    )


class GenreBody(Body):
    """A genre."""

    name: str = Field(min_length=1, max_length=80)


class PlayBody(Body):
    """One listening: when it began and how many milliseconds were heard."""

    song_id: Id
    started_at: AwareDatetime
    heard_ms: int = Field(ge=0, le=12 * 60 * 60 * 1000)
    completed: bool = False
    source: str = Field("other", max_length=16, pattern="^[a-z_]*$")


class PlaysBody(Body):
    """What was heard since the last report."""

    plays: list[PlayBody] = Field(max_length=100)


def form_or_json(model: type[M]) -> M:
    """A body that may come as JSON, or as a form when a picture comes with it."""
    if request.mimetype in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return checked(model, request.form.to_dict())
    return read_body(model)


def sent_cover() -> bytes | None:
    """The picture in the field `cover`, when there is one."""
    file = request.files.get("cover")
    return read_picture(file.stream) if file else None


def kept_cover() -> int | None:
    """The cover made of the picture that was sent, before anything is written: a refused one must change nothing."""
    picture = sent_cover()
    return keep_cover(picture) if picture else None


def version_asked(given: dict[str, Any]) -> int | None:
    """The version that a change is made upon, from the body's `version` or the header `If-Match`; None for any."""
    version: int | None = given.pop("version", None)
    tag = request.headers.get("If-Match", "").strip('"')
    if version is not None or not tag or tag == "*":
        return version
    if not tag.isdecimal():
        wrong = 'If-Match must be the `version` that you read, such as "3".'
        raise Invalid(wrong, {"version": [wrong]})
    # Python reads no number of thousands of digits; the beginning of one is no version either.
    return int(tag[:9])


def refuse_other_files(*known: str) -> None:
    """Refuse files in fields that nobody reads."""
    unknown = {name: ["There is no such field."] for name in request.files if name not in known}
    if unknown:
        raise Invalid("Some of what you sent does not fit.", unknown)


def person_who_asks() -> Person:
    """Who is signed in; raises LogInFirst for a visitor."""
    person: Person | None = signed_in()
    if person is None:
        raise LogInFirst("Please log in first.")
    return person


def staff_who_asks() -> Person:
    """Who looks after the site; raises Forbidden for others."""
    person = person_who_asks()
    if not may("catalog.see_all"):
        raise Forbidden("Only those who look after this site see everything.")
    return person
