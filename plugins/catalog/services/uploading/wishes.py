"""What an artist says about new music, and what its file says where they say nothing."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from plugins.catalog.media import Tags
from plugins.catalog.services.words import line_of, text_of


@dataclass(frozen=True)
class Wishes:
    """What an artist says about a new song; what is empty is read from the file's tags.

    `album` is the title of one of the artist's albums, made when there is none; `album_id` names one. `publish_at` is
    None for a draft, otherwise the moment from which the song can be heard, once it is ready. `cover_id` is a cover
    that `keep_cover` kept. `rights_confirmed` says that who sends it made the music or may publish it.
    """

    title: str = ""
    album: str = ""
    album_id: int | None = None
    genre: str = ""
    track_no: int | None = None
    year: int | None = None
    lyrics: str = ""
    licence: str = ""
    explicit: bool = False
    publish_at: datetime | None = None
    cover_id: int | None = None
    artist_id: int | None = None
    rights_confirmed: bool = False


def filled_in(wishes: Wishes, tags: Tags) -> Wishes:
    """What the artist says, and where they say nothing, what the file says."""
    return replace(
        wishes,
        title=line_of(wishes.title, 200) or tags.title or "",
        album=line_of(wishes.album, 200) or ("" if wishes.album_id else tags.album or ""),
        genre=line_of(wishes.genre, 80) or tags.genre or "",
        track_no=wishes.track_no or tags.track_no,
        year=wishes.year or tags.year,
        lyrics=text_of(wishes.lyrics, 20_000) or tags.lyrics or "",
        licence=line_of(wishes.licence, 200) or tags.licence or "",
    )


def title_from(name: str) -> str:
    """A song's title from its file's name: “03 - night_bus.mp3” → “night bus”."""
    stem = Path(name).stem.replace("_", " ")
    bare = stem.lstrip("0123456789").lstrip(" .-–")
    return line_of(bare or stem, 200) or "Untitled"
