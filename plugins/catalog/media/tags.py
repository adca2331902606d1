"""What a music file says about itself, cleaned for our tables."""

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from tinytag import TinyTag

from .kinds import AudioKind
from .opening import open_regular
from .rationing import Rationed
from .sniffing import sniff

LINE_LIMIT = 200
GENRE_LIMIT = 80
COMMENT_LIMIT = 2_000
LYRICS_LIMIT = 20_000
# In ID3, MP4 and Vorbis.
COMPILATION_FIELDS = ("tcmp", "cpil", "compilation")
# Where programs put them: ID3 and Vorbis proper, foobar2000, ffmpeg.
LYRICS_FIELDS = ("lyrics", "unsyncedlyrics", "unsynced lyrics", "lyrics-eng", "lyrics-xxx")
TRACKS = range(1, 10_000)
DISCS = range(1, 1_000)
# How much text a tag reader gets at once and in all: a tag of very many values takes it the square of their number.
TEXT_RATION_BYTES = (32 << 10, 128 << 10)
# Ogg comes in pages of up to 64 KB, with the cover among the texts.
OGG_RATION_BYTES = (64 << 10, 2 << 20)
PICTURE_LIMIT_BYTES = 16 << 20
YEAR = re.compile(r"(?<!\d)(?:1\d|20)\d\d(?!\d)|(?<!\d)(?:1\d|20)\d\d(?=\d{4}(?!\d))")
UNWANTED = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


@dataclass(frozen=True)
class Tags:
    """What a file says about its song; everything may be missing."""

    title: str | None = None
    artist: str | None = None
    album: str | None = None
    album_artist: str | None = None
    genre: str | None = None
    track_no: int | None = None
    disc_no: int | None = None
    year: int | None = None
    lyrics: str | None = None
    comment: str | None = None
    licence: str | None = None
    picture: bytes | None = None
    compilation: bool = False


def read_tags(path: str | os.PathLike[str], with_picture: bool = True) -> Tags:
    """Read a song's tags and embedded cover; whatever is damaged or missing is None, and nothing is raised.

    A file made to keep tag readers busy can take a while: for strangers' files there is `read_tags_safely`.
    """
    path = Path(path)
    kind = sniff(path)
    file = open_regular(path) if kind else None
    if kind is None or file is None:
        return Tags()
    ration = OGG_RATION_BYTES if kind in (AudioKind.VORBIS, AudioKind.OPUS) else TEXT_RATION_BYTES
    with file:
        read = _parsed(Rationed(file, *ration), kind.suffix, image=False)
        picture = _picture(Rationed(file, *ration, PICTURE_LIMIT_BYTES), kind.suffix) if with_picture else None
    return _cleaned(read, picture) if read else Tags(picture=picture)


def _parsed(file: Rationed, suffix: str, image: bool) -> TinyTag | None:
    """Let tinytag read a file of the kind that its content says, or return None when it stumbles over damage."""
    file.seek(0)
    try:
        return TinyTag.get(f"song{suffix}", file_obj=file, duration=False, image=image)  # type: ignore[arg-type]
    except Exception:
        # A damaged file takes the reader out of bounds in more ways than can be listed; none of them is our error.
        return None


def _picture(file: Rationed, suffix: str) -> bytes | None:
    """Read the cover apart from the texts, so that a damaged one does not cost them."""
    read = _parsed(file, suffix, image=True)
    image = read.images.any if read else None
    return image.data or None if image else None


def _cleaned(read: TinyTag, picture: bytes | None) -> Tags:
    return Tags(
        title=_line(read.title),
        artist=_line(read.artist),
        album=_line(read.album),
        album_artist=_line(read.albumartist),
        genre=_line(read.genre, GENRE_LIMIT),
        track_no=_number(read.track, TRACKS),
        disc_no=_number(read.disc, DISCS),
        year=_year(read.year),
        lyrics=_text(_first(read, *LYRICS_FIELDS), LYRICS_LIMIT),
        comment=_text(read.comment or _first(read, "_comment"), COMMENT_LIMIT),
        licence=_line(_first(read, "license", "copyright")),
        picture=picture,
        compilation=_first(read, *COMPILATION_FIELDS) == "1",
    )


def _first(read: TinyTag, *fields: str) -> str | None:
    """Return the first text of the first of these fields that has one."""
    return next((text for field in fields for text in read.other.get(field, [])), None)


def _line(raw: str | None, limit: int = LINE_LIMIT) -> str | None:
    """Return one clean line of at most `limit` characters, or None when nothing is left."""
    return " ".join((_text(raw, limit * 4) or "").split())[:limit].strip() or None


def _text(raw: str | None, limit: int) -> str | None:
    """Return clean text with its line breaks, at most `limit` characters, or None when nothing is left."""
    if raw is None or (raw.isascii() and raw.isprintable()):
        return (raw or "").strip()[:limit].strip() or None
    lines = raw[: limit * 2].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\n")
    kept = "".join(character for character in lines if character in "\n\t" or _wanted(character))
    return unicodedata.normalize("NFC", kept).strip()[:limit].strip() or None


def _wanted(character: str) -> bool:
    return character not in TURNING and unicodedata.category(character) not in UNWANTED


def _number(raw: int | None, allowed: range) -> int | None:
    return raw if isinstance(raw, int) and raw in allowed else None


def _year(raw: str | None) -> int | None:
    found = YEAR.search((raw or "")[:LINE_LIMIT])
    return int(found.group()) if found else None
