"""What a file says of a playlist, whichever its format."""

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

MOST_LINES = 100_000
LONGEST_WORDS = 500
TRACK_NO = re.compile(r"(\d{1,3})[\s._)-]+(?=\S)")
OF_SONG = re.compile(r"/(?:api/)?songs/(\d{1,10})(?:/audio)?/?$")
A_DASH = re.compile(r"\s+[-–—]\s+")
# Half a sign, as JSON can hold it, is nothing that a database takes.
SIGNS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")


class NotReadable(Exception):
    """A file is no playlist, or a broken one; the message is a sentence for who sent it."""


class Lines(list["Line"]):
    """The lines of a file as they are read; raises NotReadable as soon as they are too many, not when all are there."""

    def append(self, line: "Line") -> None:
        if len(self) >= MOST_LINES:
            raise NotReadable(f"At most {MOST_LINES:,} songs can be read at once.")
        super().append(line)


@dataclass(frozen=True)
class Line:
    """One song as a file names it; `location` is where the file says it lies: an address or a path."""

    title: str = ""
    artist: str = ""
    album: str = ""
    track_no: int | None = None
    duration_s: float | None = None
    location: str = ""

    @property
    def words(self) -> str:
        """The song for people who look for it: “Nils Hollar – Neap”, or where it lay."""
        named = " – ".join(part for part in (self.artist, self.title) if part)
        return named or self.location or "A line without words"

    def song_id(self, site_url: str) -> int | None:
        """The id of the song when the line gives its address on this site."""
        try:
            there = urlsplit(self.location)
        except ValueError:
            return None
        is_here = there.netloc and there.netloc == urlsplit(site_url).netloc
        found = OF_SONG.search(there.path) if is_here else None
        return int(found[1]) if found else None


@dataclass(frozen=True)
class ListFile:
    """A playlist as a file holds it. `visibility` and `rules` are known only to files that were written by a site."""

    name: str
    description: str = ""
    visibility: str | None = None
    rules: dict[str, Any] | None = None
    lines: list[Line] = field(default_factory=list)


def one_line(words: Any) -> str:
    """Words of a file in one line, without signs that cannot be seen."""
    return " ".join(SIGNS.sub(" ", str(words or "")).split())[:LONGEST_WORDS]


def whole_number(raw: Any) -> int | None:
    """A number above 0 as a file writes it, None when it is none."""
    text = str(raw or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 9 and int(text) else None


def path_of(location: str) -> str:
    """The path in an address, or the location itself where it is a path already, or no address that can be read."""
    try:
        return urlsplit(location).path if "://" in location else location
    except ValueError:
        return location


def of_path(location: str) -> Line:
    """What the path of a file tells of its song: `Nils Hollar/Salt Almanac/04 Neap.mp3`."""
    path = PurePosixPath(unquote(path_of(location)).replace("\\", "/"))
    folders = [part for part in path.parts[:-1] if part not in ("/", ".", "..") and not part.endswith(":")]
    stem = path.stem if path.suffix else path.name
    numbered = TRACK_NO.match(stem)
    words = stem[numbered.end() :] if numbered else stem
    said = A_DASH.split(words.replace("_", " "), maxsplit=1)
    artist = said[0] if len(said) == 2 else (folders[-2] if len(folders) > 1 else "")
    return Line(
        title=one_line(said[-1]),
        artist=one_line(artist),
        album=one_line(folders[-1]) if folders and len(said) == 1 else "",
        track_no=int(numbered[1]) or None if numbered else None,
        location=location[:LONGEST_WORDS],
    )
