"""JSPF, XSPF as JSON; the one format that also carries who may see a list and the rules of a smart one."""

import json
from typing import Any

from plugins.playlists.services.exchange.lines import Line, Lines, ListFile, NotReadable, one_line, whole_number

EXTENSION = "urn:musicapp:playlist"
NO_LIST = "This JSON file is no JSPF playlist: it has no “playlist” with a list of tracks."


def write(playlist: ListFile) -> str:
    """A playlist as JSPF text."""
    ours = {"visibility": playlist.visibility, "rules": playlist.rules}
    whole = {
        "title": playlist.name,
        "annotation": playlist.description,
        "extension": {EXTENSION: [{name: value for name, value in ours.items() if value is not None}]},
        "track": [track(line) for line in playlist.lines],
    }
    return json.dumps({"playlist": whole}, ensure_ascii=False, indent=1)


def track(line: Line) -> dict[str, Any]:
    said = {
        "location": [line.location] if line.location else None,
        "title": line.title or None,
        "creator": line.artist or None,
        "album": line.album or None,
        "trackNum": line.track_no,
        "duration": None if line.duration_s is None else round(line.duration_s * 1000),
    }
    return {name: value for name, value in said.items() if value is not None}


def read(raw: bytes) -> ListFile:
    """What a JSPF file says; raises NotReadable."""
    try:
        whole = json.loads(raw)
    except (ValueError, RecursionError):
        raise NotReadable("This JSON file is broken.") from None
    playlist = whole.get("playlist") if isinstance(whole, dict) else None
    tracks = playlist.get("track", []) if isinstance(playlist, dict) else None
    if not isinstance(playlist, dict) or not isinstance(tracks, list):
        raise NotReadable(NO_LIST)
    ours = extension_of(playlist.get("extension"))
    visibility, rules = ours.get("visibility"), ours.get("rules")
    lines = Lines()
    for one in tracks:
        if isinstance(one, dict):
            lines.append(line_of(one))
    return ListFile(
        name=one_line(playlist.get("title")),
        description=str(playlist.get("annotation") or ""),
        visibility=visibility if isinstance(visibility, str) else None,
        rules=rules if isinstance(rules, dict) else None,
        lines=lines,
    )


def extension_of(extensions: Any) -> dict[str, Any]:
    """What a site like this one wrote beside the standard."""
    ours = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    first = ours[0] if isinstance(ours, list) and ours else None
    return first if isinstance(first, dict) else {}


def line_of(said: dict[str, Any]) -> Line:
    """A song from its track; some programs write one address where the standard has a list."""
    location = said.get("location")
    return Line(
        title=one_line(said.get("title")),
        artist=one_line(said.get("creator")),
        album=one_line(said.get("album")),
        track_no=whole_number(said.get("trackNum")),
        duration_s=seconds(said.get("duration")),
        location=one_line(location[0] if isinstance(location, list) and location else location),
    )


def seconds(milliseconds: Any) -> float | None:
    """A duration as the file has it, in milliseconds, in seconds; None where that makes no sense."""
    if isinstance(milliseconds, bool) or not isinstance(milliseconds, int | float):
        return None
    return milliseconds / 1000 if 0 < milliseconds < 1e9 else None
