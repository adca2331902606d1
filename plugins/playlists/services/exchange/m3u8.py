"""M3U8: one address a line, with what is known of its song above it; every player reads it."""

from collections.abc import Iterator
from dataclasses import replace

from plugins.playlists.services.exchange.lines import A_DASH, Line, Lines, ListFile, of_path, one_line

HEAD = "#EXTM3U"


def write(playlist: ListFile) -> str:
    """A playlist as M3U8 text."""
    return "\n".join([HEAD, f"#PLAYLIST:{one_line(playlist.name)}", *described(playlist), *written(playlist.lines), ""])


def described(playlist: ListFile) -> Iterator[str]:
    for line in playlist.description.splitlines():
        yield f"#DESCRIPTION:{line.strip()}"


def written(lines: list[Line]) -> Iterator[str]:
    for line in lines:
        named = " - ".join(part for part in (one_line(line.artist), one_line(line.title)) if part)
        yield f"#EXTINF:{-1 if line.duration_s is None else round(line.duration_s)},{named}"
        if line.artist:
            yield f"#EXTART:{one_line(line.artist)}"
        if line.album:
            yield f"#EXTALB:{one_line(line.album)}"
        yield line.location


def read(text: str) -> ListFile:
    """What M3U and M3U8 texts say, the plain ones too that are nothing but paths."""
    name, description, lines, said = "", [], Lines(), {}
    for raw in text.lstrip("\ufeff").splitlines():
        line = raw.strip()
        tag, _, words = line.partition(":")
        if tag == "#PLAYLIST":
            name = one_line(words)
        elif tag == "#DESCRIPTION":
            description.append(words.strip())
        elif tag in ("#EXTINF", "#EXTART", "#EXTALB"):
            said[tag] = words.strip()
        elif line and not line.startswith("#"):
            lines.append(song(line, said))
            said = {}
    return ListFile(name, "\n".join(description), lines=lines)


def song(location: str, said: dict[str, str]) -> Line:
    """One song: what the tags above its address say, and where they are silent, what its path tells."""
    seconds, _, named = said.get("#EXTINF", "").partition(",")
    by_path = of_path(location)
    artist, title = one_line(said.get("#EXTART")), one_line(named)
    if artist and title.startswith(f"{artist} - "):
        title = title.removeprefix(f"{artist} - ")
    elif not artist and len(parts := A_DASH.split(title, maxsplit=1)) == 2:
        artist, title = parts
    if not title:
        return replace(by_path, duration_s=duration_s(seconds))
    album = one_line(said.get("#EXTALB")) or ("" if "://" in location else by_path.album)
    return Line(title, artist, album, by_path.track_no, duration_s(seconds), by_path.location)


def duration_s(raw: str) -> float | None:
    """The seconds of `#EXTINF`, which may be followed by attributes; None for unknown (-1)."""
    first = raw.split(" ", 1)[0]
    try:
        seconds = float(first)
    except ValueError:
        return None
    return seconds if 0 < seconds < 1e6 else None
