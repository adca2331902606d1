"""XSPF, the XML format for playlists (version 1, xspf.org)."""

from collections.abc import Callable
from xml.etree import ElementTree
from xml.parsers import expat

from plugins.playlists.services.exchange.lines import Line, Lines, ListFile, NotReadable, one_line, whole_number

NAMESPACE = "http://xspf.org/ns/0/"
OF_TRACK = ("location", "title", "creator", "album", "trackNum", "duration")
LONGEST_TEXT = 10_000
DEEPEST = 50


def write(playlist: ListFile) -> str:
    """A playlist as XSPF text."""
    root = ElementTree.Element("playlist", {"version": "1", "xmlns": NAMESPACE})
    add(root, "title", playlist.name)
    add(root, "annotation", playlist.description)
    tracks = ElementTree.SubElement(root, "trackList")
    for line in playlist.lines:
        track = ElementTree.SubElement(tracks, "track")
        add(track, "location", line.location)
        add(track, "title", line.title)
        add(track, "creator", line.artist)
        add(track, "album", line.album)
        add(track, "trackNum", str(line.track_no or ""))
        add(track, "duration", "" if line.duration_s is None else str(round(line.duration_s * 1000)))
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def add(parent: ElementTree.Element, name: str, words: str) -> None:
    """Add an element; one without words is left out. What XML cannot carry goes."""
    kept = "".join(sign for sign in words if sign >= " " or sign in "\n\t")
    if kept:
        ElementTree.SubElement(parent, name).text = kept


class Reader:
    """Reads XSPF as it comes by, and keeps only what is asked of it.

    Definitions of entities are refused: a few of them can stand for gigabytes, or for files of the server.
    """

    def __init__(self) -> None:
        self.path: list[str] = []
        self.text = ""
        self.about: dict[str, str] = {}
        self.track: dict[str, str] = {}
        self.lines = Lines()

    def read(self, raw: bytes) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = refuse_definitions
        parser.StartElementHandler = self.begin
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.hear
        try:
            parser.Parse(raw, True)
        except expat.ExpatError as error:
            raise NotReadable(f"This XSPF file is broken in line {error.lineno}.") from None

    def begin(self, name: str, _attributes: dict[str, str]) -> None:
        self.path.append(name.rpartition(" ")[2])
        self.text = ""
        if self.path[0] != "playlist" or len(self.path) > DEEPEST:
            raise NotReadable("This XML file is no XSPF playlist.")
        if self.path == ["playlist", "trackList", "track"]:
            self.track = {}

    def hear(self, text: str) -> None:
        if len(self.text) < LONGEST_TEXT:
            self.text += text

    def end(self, _name: str) -> None:
        match self.path:
            case ["playlist", "title" | "annotation" as name]:
                self.about.setdefault(name, self.text.strip())
            case ["playlist", "trackList", "track", name] if name in OF_TRACK:
                self.track.setdefault(name, self.text.strip())
            case ["playlist", "trackList", "track"]:
                self.lines.append(line_of(self.track.get))
        self.path.pop()
        self.text = ""


def refuse_definitions(*_about: object) -> None:
    raise NotReadable("This XML file defines things of its own (DOCTYPE), which no playlist needs.")


def line_of(said: Callable[[str], str | None]) -> Line:
    """A song from what its elements say; XSPF counts milliseconds."""
    milliseconds = whole_number(said("duration"))
    return Line(
        title=one_line(said("title")),
        artist=one_line(said("creator")),
        album=one_line(said("album")),
        track_no=whole_number(said("trackNum")),
        duration_s=milliseconds / 1000 if milliseconds else None,
        location=one_line(said("location")),
    )


def read(raw: bytes) -> ListFile:
    """What an XSPF file says; raises NotReadable."""
    reader = Reader()
    reader.read(raw)
    return ListFile(one_line(reader.about.get("title")), reader.about.get("annotation", ""), lines=reader.lines)
