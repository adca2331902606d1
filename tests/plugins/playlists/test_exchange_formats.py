"""Files of playlists, without a site: what is written is read again, and what others write is understood."""

import io
import json
import zipfile

import pytest

from plugins.playlists.services.exchange import FORMATS, Line
from plugins.playlists.services.exchange.formats import LARGEST_BYTES, read_files
from plugins.playlists.services.exchange.lines import MOST_LINES, ListFile, NotReadable, of_path

NEAP = Line(
    "Neap - Part 2", "Nils, Hollar", "Salt & <Almanac>", 4, 215.0, "https://music.example.org/api/songs/7/audio"
)
NAMELESS = Line("ナイトバス", "", "", None, None, "https://music.example.org/api/songs/8/audio")
LIST = ListFile("Rowing home «2»", "For the\n\nlong way", "private", None, [NEAP, NAMELESS, NEAP])


@pytest.mark.parametrize("name", ["xspf", "jspf"])
def test_a_round_trip_through_a_file_loses_nothing(name: str) -> None:
    [read] = read_files("x", FORMATS[name].write(LIST).encode())
    assert (read.name, read.description, read.lines) == (LIST.name, LIST.description, LIST.lines)


def test_a_round_trip_through_m3u8_keeps_all_that_the_format_has() -> None:
    [read] = read_files("x", FORMATS["m3u8"].write(LIST).encode())
    assert (read.name, read.description) == (LIST.name, LIST.description)
    kept = [(one.title, one.artist, one.album, one.duration_s, one.location) for one in read.lines]
    assert kept == [(one.title, one.artist, one.album, one.duration_s, one.location) for one in LIST.lines]


def test_jspf_carries_who_sees_a_list_and_its_rules() -> None:
    smart = ListFile("Folk", visibility="public", rules={"match": "all", "rules": []})
    [read] = read_files("x", FORMATS["jspf"].write(smart).encode())
    assert (read.visibility, read.rules) == ("public", {"match": "all", "rules": []})


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("Nils Hollar/Salt Almanac/04 Neap.mp3", ("Neap", "Nils Hollar", "Salt Almanac", 4)),
        (r"C:\Music\Nils Hollar\Salt Almanac\04 - Neap.mp3", ("Neap", "Nils Hollar", "Salt Almanac", 4)),
        ("file:///music/Nils%20Hollar%20-%20Neap.flac", ("Neap", "Nils Hollar", "", None)),
        ("Neap", ("Neap", "", "", None)),
        ("../99 Luftballons.ogg", ("Luftballons", "", "", 99)),
        ("1979.mp3", ("1979", "", "", None)),
        ("http://[x/04 Neap.mp3", ("Neap", "", "[x", 4)),
    ],
)
def test_paths_tell_what_they_can(path: str, line: tuple[str, str, str, int | None]) -> None:
    read = of_path(path)
    assert (read.title, read.artist, read.album, read.track_no) == line


def test_what_other_programs_write_is_understood() -> None:
    winamp = "#EXTM3U\r\n#EXTINF:123 tvg-id=x,Björk - Jóga\r\nC:\\Music\\joga.mp3\r\n".encode("cp1252")
    [read] = read_files("Iceland.m3u", winamp)
    assert read.name == "Iceland"
    assert (read.lines[0].artist, read.lines[0].title, read.lines[0].duration_s) == ("Björk", "Jóga", 123)
    [utf16] = read_files("x.m3u8", "#EXTM3U\n#EXTINF:-1,Neap\na.mp3".encode("utf-16"))
    assert (utf16.lines[0].title, utf16.lines[0].duration_s) == ("Neap", None)
    odd = {"playlist": {"title": None, "track": [{"title": 5, "location": "x.mp3", "duration": "long"}, "no"]}}
    [jspf] = read_files("odd.jspf", json.dumps(odd).encode())
    assert (jspf.name, jspf.lines) == ("odd", [Line("5", location="x.mp3")])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02binary",
        b"{broken",
        b"[1]",
        b'{"playlist": 5}',
        b"<html></html>",
        b"<playlist><trackList>",
        b"PK\x03\x04 no zip",
        b"<playlist>" * 1_000,
        b"[" * 100_000,
        b'<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><playlist>&b;</playlist>',
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'.encode(
            "utf-16"
        ),
    ],
)
def test_what_is_no_playlist_is_refused_with_a_sentence(raw: bytes) -> None:
    with pytest.raises(NotReadable, match=r"\.$"):
        read_files("x", raw)


def test_a_zip_is_read_file_by_file_and_never_larger_than_is_allowed() -> None:
    beside = {"__MACOSX/._a.m3u8": b"\0", ".DS_Store": b"\0", "lists/._b.xspf": b"\0"}
    together = zipped(
        beside | {"a.m3u8": b"#EXTM3U\n#PLAYLIST:One\nNeap.mp3\n", "b.xspf": FORMATS["xspf"].write(LIST).encode()}
    )
    assert [one.name for one in read_files("all.zip", together)] == ["One", LIST.name]
    with pytest.raises(NotReadable, match="larger than 20 MB"):
        read_files("bomb.zip", zipped({"a.m3u": bytes(LARGEST_BYTES + 1)}))


def test_no_more_songs_are_read_than_a_list_could_have() -> None:
    lines = {kind: FORMATS[kind].write(ListFile("x", lines=[NAMELESS] * 3)) for kind in FORMATS}
    half = b"a\n" * (MOST_LINES // 2 + 1)
    many = zipped({"a.m3u": half, "b.m3u": half})
    jspf = json.dumps({"playlist": {"track": [{}] * (MOST_LINES + 1)}}).encode()
    xspf = b"<playlist><trackList>" + b"<track/>" * (MOST_LINES + 1) + b"</trackList></playlist>"
    for raw in (half * 2, many, jspf, xspf):
        with pytest.raises(NotReadable, match="At most 100,000 songs"):
            read_files("x", raw)
    assert all(len(read_files("x", text.encode())[0].lines) == 3 for text in lines.values())


def test_words_that_no_database_takes_are_left_out() -> None:
    [read] = read_files("x", b'{"playlist": {"title": "\\ud800 A\\u0000B", "track": [{"title": "\\udfff Neap"}]}}')
    assert (read.name, read.lines[0].title) == ("A B", "Neap")


def test_an_address_that_cannot_be_read_is_no_song_of_this_site() -> None:
    assert Line(location="http://[x/songs/7").song_id("https://music.example.org") is None
    assert NEAP.song_id("https://music.example.org") == 7


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_could_ask_for_any_memory_is_refused(way: int) -> None:
    with pytest.raises(NotReadable, match="unusual way"):
        read_files("odd.zip", zipped({"a.m3u": b"Neap.mp3"}, way))


def test_a_zip_with_a_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(NotReadable, match="ZIP is broken"):
        read_files("odd.zip", zipped({"é.m3u": b"Neap.mp3"}).replace("é".encode(), b"\xff\xff"))


def zipped(files: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()
