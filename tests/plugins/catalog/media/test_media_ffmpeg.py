"""ffmpeg reads what we do not decode ourselves, makes versions, and can harm nobody."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from signals import tone, write_floats

from plugins.catalog.media import Unreadable, VersionFormat, encode_safely, examine_safely, measure
from plugins.catalog.media.ffmpeg.command import reading
from plugins.catalog.media.kinds import AudioKind

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]


@pytest.fixture
def fake(tmp_path: Path) -> Callable[[str], str]:
    """A shell script in the place of ffmpeg."""

    def make(script: str) -> str:
        path = tmp_path / "fake-ffmpeg"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return str(path)

    return make


def said(command: list[str]) -> "subprocess.CompletedProcess[str]":
    """What a program says and how it ends."""
    return subprocess.run(command, check=False, capture_output=True, text=True)


def has_ended(pid: int) -> bool:
    """Whether a process ends soon; a dead one that is not yet buried has."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        told = said(["ps", "-o", "stat=", "-p", str(pid)]).stdout
        if not told or told.startswith("Z"):
            return True
        time.sleep(0.02)
    return False


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("name", "options", "codec", "mime"),
    [
        ("song.opus", ["-c:a", "libopus"], "opus", "audio/ogg"),
        ("song.m4a", ["-c:a", "aac"], "aac", "audio/mp4"),
        ("song.m4a", ["-c:a", "alac"], "alac", 'audio/mp4; codecs="alac"'),
        ("song.aiff", [], "aiff", "audio/aiff"),
        ("song.aiff", ["-c:a", "pcm_s24be"], "aiff", "audio/aiff"),
        ("song.aif", ["-c:a", "pcm_f32be"], "aiff", "audio/aiff"),
    ],
)
def test_kinds_that_we_do_not_decode_are_measured_by_ffmpeg(
    name: str, options: list[str], codec: str, mime: str, ffmpeg: str, tmp_path: Path
) -> None:
    tones = [tone(-20, 2), tone(-20, 2)]
    plain, song = write_floats(tmp_path / "plain.wav", tones), tmp_path / name
    subprocess.run([ffmpeg, "-v", "error", "-i", plain, *options, "-metadata", "title=Salt", song], check=True)
    sound = examine_safely(song.rename(tmp_path / "8f3a.mp3"), ffmpeg=ffmpeg).sound
    assert (sound.codec, sound.mime, sound.channels, sound.sample_rate) == (codec, mime, 2, 48_000)
    assert sound.duration_s == pytest.approx(2, abs=0.05)
    assert sound.loudness_lufs == pytest.approx(-20, abs=0.3)


@pytest.mark.ffmpeg
@pytest.mark.parametrize("format", ["opus", "mp3"])
@pytest.mark.parametrize("sample", ["chord.mp3", "chord.flac", "chord.ogg", "chord.opus", "chord.m4a", "chord.aiff"])
def test_a_version_of_every_kind_sounds_like_its_original(
    sample: str, format: VersionFormat, ffmpeg: str, tmp_path: Path
) -> None:
    original, into = SAMPLES / sample, tmp_path / "version"
    encode_safely(original, into, ffmpeg=ffmpeg, format=format, kbps=96)
    was, made = measure(original, ffmpeg=ffmpeg), measure(into, ffmpeg=ffmpeg)
    assert (made.codec, made.channels) == (format, was.channels)
    assert made.duration_s == pytest.approx(was.duration_s, abs=0.15)
    assert made.loudness_lufs == pytest.approx(was.loudness_lufs, abs=1.5)
    assert b"chord" not in into.read_bytes().lower(), "the tags stay behind"


@pytest.mark.ffmpeg
def test_six_channels_become_two(ffmpeg: str, tmp_path: Path) -> None:
    film = write_floats(tmp_path / "film.wav", [tone(-30, 1)] * 6)
    encode_safely(film, tmp_path / "version", ffmpeg=ffmpeg, format="mp3", kbps=128)
    assert measure(tmp_path / "version").channels == 2


@pytest.mark.ffmpeg
def test_ffmpeg_opens_no_other_file_and_no_network(ffmpeg: str, make_file: MakeFile, tmp_path: Path) -> None:
    secret = write_floats(tmp_path / "secret.wav", [tone(-20, 1)])
    playlist = make_file("list", f"ffconcat version 1.0\nfile '{secret}'\n".encode())
    for address in (f"concat:{secret}", "http://127.0.0.1:9/song.aiff", f"subfile,,start,0,end,0,,:{secret}"):
        command = reading(ffmpeg, playlist, AudioKind.AIFF)
        command[command.index("-i") + 1] = address
        ended = said([*command, "-f", "null", "-"])
        assert ended.returncode != 0 and "not on whitelist" in ended.stderr
    for kind in AudioKind:
        assert said([*reading(ffmpeg, playlist, kind), "-f", "null", "-"]).returncode != 0, kind


def test_an_ffmpeg_that_takes_too_long_is_ended_with_all_that_it_started(
    fake: Callable[[str], str], chord: Path, tmp_path: Path
) -> None:
    slow = fake(f"sleep 60 & echo $$ $! > {tmp_path}/pids; wait")
    begun = time.monotonic()
    with pytest.raises(Unreadable, match="took longer than 2 seconds"):
        encode_safely(chord, tmp_path / "version", ffmpeg=slow, format="mp3", kbps=96, time_limit_s=2)
    assert time.monotonic() - begun < 30
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    assert len(pids) == 2 and all(has_ended(pid) for pid in pids)


def test_an_ffmpeg_that_breaks_off_refuses_the_song_in_its_own_words(
    fake: Callable[[str], str], chord: Path, tmp_path: Path
) -> None:
    with pytest.raises(Unreadable, match="could not be made into mp3: no room left"):
        encode_safely(chord, tmp_path / "version", ffmpeg=fake("echo no room left >&2; exit 1"), format="mp3", kbps=96)
    with pytest.raises(Unreadable, match="nothing in it can be played"):
        examine_safely(SAMPLES / "chord.opus", ffmpeg=fake("kill -SEGV $$"))


@pytest.mark.parametrize(
    "greed", [f"{sys.executable} -c 'bytearray(900 << 20)'", "dd if=/dev/zero of={folder}/big bs=1M count=9"]
)
def test_an_ffmpeg_gets_no_more_memory_and_writes_no_files_while_it_decodes(
    greed: str, fake: Callable[[str], str], tmp_path: Path
) -> None:
    decoded = write_floats(tmp_path / "decoded.wav", [tone(-20, 1)])
    assert examine_safely(SAMPLES / "chord.opus", ffmpeg=fake(f"cat {decoded}")).sound.sample_rate == 48_000
    with pytest.raises(Unreadable):
        examine_safely(SAMPLES / "chord.opus", ffmpeg=fake(f"{greed.format(folder=tmp_path)} && cat {decoded}"))


@pytest.mark.ffmpeg
def test_a_name_is_never_an_option(ffmpeg: str, tmp_path: Path) -> None:
    song = tmp_path / "-y -f null ; $(id).opus"
    song.write_bytes((SAMPLES / "chord.opus").read_bytes())
    assert examine_safely(song, ffmpeg=ffmpeg).sound.codec == "opus"
    assert os.listdir(tmp_path) == [song.name]
