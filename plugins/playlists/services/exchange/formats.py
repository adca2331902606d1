"""The formats in which playlists come and go, and the reading of a file by what is in it."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePath

from plugins.playlists.services.exchange import jspf, m3u8, xspf
from plugins.playlists.services.exchange.lines import MOST_LINES, ListFile, NotReadable, one_line

LARGEST_BYTES = 20 << 20
MOST_FILES = 500
# Other ways ask for as much memory as the file says.
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ODDLY_PACKED = "This ZIP is packed in an unusual way. Pack it again, by “deflate”."


@dataclass(frozen=True)
class Format:
    """One format: how its files end, what type they have, how a playlist becomes one."""

    name: str
    title: str
    mime: str
    write: Callable[[ListFile], str]


FORMATS = {
    one.name: one
    for one in (
        Format("m3u8", "M3U8, for every player", "audio/x-mpegurl", m3u8.write),
        Format("xspf", "XSPF, with albums and track numbers", "application/xspf+xml", xspf.write),
        Format("jspf", "JSPF, with everything", "application/json", jspf.write),
    )
}


def read_files(file_name: str, raw: bytes) -> list[ListFile]:
    """The playlists in a file, or in each of the files of a ZIP; raises NotReadable with a sentence.

    What a file is, its content says. One without a title is called after its file.
    """
    if raw.startswith(b"PK\x03\x04"):
        return read_all(unpacked(raw))
    return [read_one(file_name, raw)]


def read_all(parts: list[tuple[str, bytes]]) -> list[ListFile]:
    """The playlists of some files, which together have no more songs than one may have."""
    found: list[ListFile] = []
    for name, part in parts:
        found.append(read_one(name, part))
        if sum(len(one.lines) for one in found) > MOST_LINES:
            raise NotReadable(f"At most {MOST_LINES:,} songs can be read at once.")
    return found


def read_one(file_name: str, raw: bytes) -> ListFile:
    found = parsed(raw)
    return replace(found, name=found.name or one_line(PurePath(file_name).stem) or "Playlist")


def parsed(raw: bytes) -> ListFile:
    begins = raw.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")[:1]
    if begins in (b"{", b"["):
        return jspf.read(raw.removeprefix(b"\xef\xbb\xbf"))
    if begins == b"<":
        return xspf.read(raw)
    found = m3u8.read(text_of(raw))
    if not found.lines and not found.name:
        raise NotReadable("There is no playlist in this file. M3U, M3U8, XSPF and JSPF can be read, and ZIPs of them.")
    return found


def text_of(raw: bytes) -> str:
    """The text of an M3U file: UTF-8, or what old programs wrote instead; raises NotReadable for what is no text."""
    if b"\0" in raw and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotReadable("This file is no text. M3U, M3U8, XSPF and JSPF can be read, and ZIPs of them.")
    for encoding in ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def is_of_the_system(name: str) -> bool:
    """Whether a computer put a file into a ZIP beside those that somebody chose, as `.DS_Store`."""
    return name.startswith("__MACOSX/") or PurePath(name).name.startswith(".")


def unpacked(raw: bytes) -> list[tuple[str, bytes]]:
    """The files of a ZIP by name, none larger than all may be together."""
    files, left = [], LARGEST_BYTES
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = [one for one in archive.infolist() if not one.is_dir() and not is_of_the_system(one.filename)]
            if len(names) > MOST_FILES:
                raise NotReadable(f"This ZIP holds {len(names):,} files; at most {MOST_FILES} can be read at once.")
            for entry in names:
                if entry.compress_type not in PACKED:
                    raise NotReadable(ODDLY_PACKED)
                with archive.open(entry) as file:
                    part = file.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise NotReadable(f"Unpacked this ZIP is larger than {LARGEST_BYTES >> 20} MB.")
                files.append((entry.filename, part))
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        RuntimeError,
        EOFError,
        OSError,
        ValueError,
        struct.error,
        zlib.error,
    ):
        raise NotReadable("This ZIP is broken, or locked with a password.") from None
    if not files:
        raise NotReadable("This ZIP is empty.")
    return files
