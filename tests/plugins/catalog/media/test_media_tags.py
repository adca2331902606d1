"""Tags arrive clean or not at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.catalog.media import Tags, make_cover, read_tags, read_tags_safely

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]


def id3(*frames: tuple[bytes, bytes]) -> bytes:
    """Write an ID3v2.3 tag."""
    body = b"".join(name + len(content).to_bytes(4, "big") + b"\0\0" + content for name, content in frames)
    size = len(body)
    return b"ID3\3\0\0" + bytes(size >> shift & 127 for shift in (21, 14, 7, 0)) + body


def text(value: str) -> bytes:
    """Write a text as ID3 frames hold it, in UTF-16."""
    return b"\1" + value.encode("utf-16")


@pytest.fixture
def tagged(beeps: Path, make_file: MakeFile) -> Callable[..., Tags]:
    """Read the tags of an MP3 that has these frames."""
    return lambda *frames: read_tags(make_file("tagged.mp3", id3(*frames) + beeps.read_bytes()))


def test_every_tag_and_the_cover_are_read(chord: Path) -> None:
    tags = read_tags(chord)
    assert tags.picture and make_cover(tags.picture).tint
    assert tags == Tags(
        title="Low Tide – Åse",
        artist="Ada Quist",
        album="Eleven Bells",
        album_artist="Various",
        genre="Ambient",
        track_no=4,
        disc_no=1,
        year=2024,
        lyrics="first line\nsecond line",
        comment="made for tests",
        licence="CC0 1.0",
        picture=tags.picture,
    )


def test_the_child_reads_the_same_tags(chord: Path) -> None:
    assert read_tags_safely(chord) == read_tags(chord)


def test_the_cover_is_left_out_on_demand(chord: Path) -> None:
    assert read_tags(chord, with_picture=False).picture is None


def test_old_tags_at_the_end_are_read() -> None:
    tags = read_tags(SAMPLES / "old.mp3")
    assert (tags.title, tags.artist) == ("Plain Tone", "Ines Aduro")


@pytest.mark.parametrize("sample", ["chord.flac", "chord.ogg", "chord.opus", "chord.m4a"])
def test_other_kinds_have_their_tags_read(sample: str) -> None:
    tags = read_tags(SAMPLES / sample)
    assert (tags.title, tags.artist, tags.year) == ("Chord", "KILN", 2023)


def test_the_name_of_the_file_does_not_matter(make_file: MakeFile) -> None:
    assert read_tags(make_file("odd.mp3", (SAMPLES / "chord.flac").read_bytes())).title == "Chord"


def test_texts_lose_what_is_invisible_and_keep_their_script(tagged: Callable[..., Tags]) -> None:
    tags = tagged((b"TIT2", text("  \u202eA\u0301\x07 \n 夜の\tbus \ufeff")), (b"TPE1", text(" \0 \x1b ")))
    assert tags.title == "Á 夜の bus"
    assert tags.artist is None


def test_half_a_character_does_not_reach_the_database(tagged: Callable[..., Tags]) -> None:
    title = tagged((b"TIT2", b"\1\xff\xfe" + b"a\0" + b"\x00\xd8" + b"b\0")).title
    assert title and "\ud800" not in title and title.encode()


def test_long_texts_are_cut(tagged: Callable[..., Tags]) -> None:
    tags = tagged((b"TIT2", text("t" * 9_000)), (b"TCON", text("g" * 9_000)))
    assert (len(tags.title or ""), len(tags.genre or "")) == (200, 80)


@pytest.mark.parametrize(
    ("frame", "field", "number"),
    [
        ((b"TRCK", text("7/12")), "track_no", 7),
        ((b"TRCK", text("0")), "track_no", None),
        ((b"TRCK", text("99999999999999999999")), "track_no", None),
        ((b"TRCK", text("-3")), "track_no", None),
        ((b"TPOS", text("A")), "disc_no", None),
        ((b"TYER", text("1998")), "year", 1998),
        ((b"TYER", text("20240301")), "year", 2024),
        ((b"TYER", text("31.12.1987")), "year", 1987),
        ((b"TYER", text("9999")), "year", None),
    ],
)
def test_numbers_are_bounded(
    frame: tuple[bytes, bytes], field: str, number: int | None, tagged: Callable[..., Tags]
) -> None:
    assert getattr(tagged(frame), field) == number


def test_a_cover_larger_than_the_limit_is_left_and_the_texts_are_kept(tagged: Callable[..., Tags]) -> None:
    picture = b"\0image/jpeg\0\3\0" + b"\xff\xd8\xff" + bytes(17 << 20)
    tags = tagged((b"APIC", picture), (b"TIT2", text("Heavy")))
    assert (tags.title, tags.picture) == ("Heavy", None)


def test_a_large_cover_is_read_whole_from_mp3_and_flac(tagged: Callable[..., Tags], make_file: MakeFile) -> None:
    picture = b"\xff\xd8\xff" + bytes(1 << 20) + b"the end"
    assert tagged((b"APIC", b"\0image/jpeg\0\3\0" + picture), (b"TIT2", text("Heavy"))).picture == picture
    song = (SAMPLES / "chord.flac").read_bytes()
    body = b"\0\0\0\3\0\0\0\x0aimage/jpeg" + bytes(20) + len(picture).to_bytes(4, "big") + picture
    block = b"\6" + len(body).to_bytes(3, "big") + body
    after_streaminfo = 4 + 4 + 34
    tags = read_tags(make_file("song.flac", song[:after_streaminfo] + block + song[after_streaminfo:]))
    assert (tags.title, tags.picture) == ("Chord", picture)


@pytest.mark.timeout(20)
def test_a_tag_of_a_million_artists_does_not_hold_up_its_reader(tagged: Callable[..., Tags]) -> None:
    names = b"\3" + b"\0".join(b"%x" % n for n in range(1_000_000))
    assert tagged((b"TPE1", names), (b"TIT2", text("Choir"))).artist == "0"


def test_damaged_tags_are_no_tags(make_file: MakeFile, beeps: Path, tmp_path: Path) -> None:
    broken = b"ID3\3\0\x40\x00\x00\x02\x00" + b"\xff" * 256
    assert read_tags(make_file("broken.mp3", broken + beeps.read_bytes())) == Tags()
    assert read_tags(tmp_path / "nowhere.mp3") == Tags()
    assert read_tags(make_file("letter.pdf", b"%PDF-1.7")) == Tags()
