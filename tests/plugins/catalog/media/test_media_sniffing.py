"""A file is what its content says."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.catalog.media import AudioKind, Unreadable, examine, recognise, sniff, what_is_it

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]


@pytest.mark.parametrize(
    ("sample", "kind"),
    [
        ("chord.mp3", AudioKind.MP3),
        ("old.mp3", AudioKind.MP3),
        ("beeps.mp3", AudioKind.MP3),
        ("chord.flac", AudioKind.FLAC),
        ("chord.ogg", AudioKind.VORBIS),
        ("chord.opus", AudioKind.OPUS),
        ("chord.m4a", AudioKind.M4A),
        ("chord.aiff", AudioKind.AIFF),
    ],
)
def test_music_is_known_by_its_content_whatever_its_name(sample: str, kind: AudioKind, make_file: MakeFile) -> None:
    renamed = make_file("holiday.jpg", (SAMPLES / sample).read_bytes())
    assert sniff(renamed) is kind


def test_wav_is_known_by_its_content(make_wav: Callable[..., Path]) -> None:
    assert sniff(make_wav("tone.txt", lambda place: 0.5)) is AudioKind.WAV


@pytest.mark.parametrize("junk", [b"\0" * 5_000, b"ICY 200 OK\r\nicy-name:somewhere\r\n\r\n", b"\xff\xfb" * 700])
def test_mp3_with_junk_before_its_first_frame_is_mp3_and_plays(junk: bytes, beeps: Path, make_file: MakeFile) -> None:
    path = make_file("stream.mp3", junk + beeps.read_bytes())
    assert sniff(path) is AudioKind.MP3
    assert examine(path).sound.duration_s == pytest.approx(1.2, abs=0.1)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "an empty file"),
        (b"\0" * 9_000, "a file of zeros"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "a WebP picture"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or an Office document"),
        (b"\n  <!DOCTYPE HTML><title>x</title>", "a web page (HTML)"),
        (b'<?xml version="1.0"?><svg/>', "an SVG picture"),
        ("Lyrics: größer\nnext".encode(), "a text file"),
        (b"MThd\0\0\0\6", "a MIDI file (notes without sound)"),
        (b"\0\0\0\x18ftypmp42", "an MP4 video"),
        (bytes(range(256)) * 9, "a file of an unknown kind"),
        (b"ID3\4\0\0\0\0\0\5hello", "an MP3 tag without any sound behind it"),
    ],
)
def test_wrong_files_are_named_as_people_name_them(content: bytes, name: str, make_file: MakeFile) -> None:
    path = make_file("scan_0007.mp3", content)
    assert what_is_it(path) == name
    with pytest.raises(Unreadable) as refusal:
        recognise(path)
    assert refusal.value.sentence == f"“scan_0007.mp3” is {name}, not music."


def test_the_sentence_calls_the_file_what_the_artist_calls_it(make_file: MakeFile) -> None:
    path = make_file("8f3a.part", b"%PDF-1.7")
    with pytest.raises(Unreadable, match=r"^“my .song.pdf” is a PDF, not music\.$"):
        recognise(path, "my \u202e\x00“song.pdf")


def test_a_long_name_is_shortened_in_the_sentence(make_file: MakeFile) -> None:
    with pytest.raises(Unreadable) as refusal:
        recognise(make_file("x", b""), "a" * 5_000 + ".mp3")
    assert len(refusal.value.sentence) < 140 and ".mp3" in refusal.value.sentence


@pytest.mark.parametrize(
    ("sample", "title"), [("chord.opus", "an Opus"), ("chord.m4a", "an M4A"), ("chord.aiff", "an AIFF")]
)
def test_music_that_takes_ffmpeg_is_refused_without_it_and_the_owner_is_told_what_to_do(
    sample: str, title: str
) -> None:
    assert recognise(SAMPLES / sample).needs_ffmpeg
    taken = "this site takes MP3, FLAC, Ogg Vorbis and WAV"
    with pytest.raises(Unreadable, match=rf"is {title} file; {taken}\..* owner can install ffmpeg"):
        recognise(SAMPLES / sample, has_ffmpeg=False)


@pytest.mark.parametrize(("codec", "kind"), [(b"alac", AudioKind.ALAC), (b"mp4a", AudioKind.M4A), (b"drms", None)])
def test_an_m4a_is_told_by_its_codec(codec: bytes, kind: AudioKind | None, make_file: MakeFile) -> None:
    sound = (SAMPLES / "chord.m4a").read_bytes().replace(b"mp4a", codec, 1)
    assert sniff(make_file("song.m4a", sound)) is kind


def test_a_song_locked_to_its_buyer_is_called_so(make_file: MakeFile) -> None:
    locked = (SAMPLES / "chord.m4a").read_bytes().replace(b"mp4a", b"drms", 1)
    with pytest.raises(Unreadable, match="locked to its buyer"):
        recognise(make_file("song.m4a", locked))


def test_windows_media_is_named_without_denying_that_it_is_music(make_file: MakeFile) -> None:
    with pytest.raises(Unreadable, match="is a Windows Media file; this site takes"):
        recognise(make_file("a.wma", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11" + b"\0" * 99))


@pytest.mark.parametrize("front", [b"\xff\xd8\xff\xe0", b"%PDF-1.4\n", b"<html><script>", b"PK\3\4", b"GIF89a"])
def test_a_file_that_is_two_things_at_once_is_not_music(front: bytes, beeps: Path, make_file: MakeFile) -> None:
    assert sniff(make_file("both.mp3", front + beeps.read_bytes())) is None


def test_a_video_is_not_taken_for_m4a(make_file: MakeFile) -> None:
    sound = (SAMPLES / "chord.m4a").read_bytes()
    video = sound.replace(b"udta", b"vide")
    assert video != sound
    assert sniff(make_file("clip.m4a", video)) is None


def test_a_folder_and_a_missing_file_are_named(tmp_path: Path) -> None:
    assert sniff(tmp_path) is None
    assert what_is_it(tmp_path) == "a folder"
    assert what_is_it(tmp_path / "nowhere.mp3") == "missing"
    assert what_is_it("nul\0byte") == "missing"


@pytest.mark.timeout(5)
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "song.mp3"
    os.mkfifo(pipe)
    assert sniff(pipe) is None
    assert what_is_it(pipe) == "a device or pipe"
    with pytest.raises(Unreadable):
        examine(pipe)
