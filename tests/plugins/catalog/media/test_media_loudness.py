"""Loudness and peaks are those of EBU R128: the cases of EBU Tech 3341, and what copies of a sound have in common."""

import subprocess
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest
from signals import RATE, one_after_another, tone, write_floats

from plugins.catalog.media import Sound, Unreadable, measure

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]
MakeWav = Callable[..., Path]


def loudness(path: Path, channels: "list[array[float]]", rate: int = RATE) -> float | None:
    return measure(write_floats(path / "signal.wav", channels, rate)).loudness_lufs


@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        ([(-23, 5)], -23.0),
        ([(-33, 5)], -33.0),
        ([(-36, 3), (-23, 20), (-36, 3)], -23.0),
        ([(-72, 3), (-36, 3), (-23, 20), (-36, 3), (-72, 3)], -23.0),
        ([(-26, 6), (-20, 6.03), (-26, 6)], -23.0),
    ],
)
def test_tones_are_as_loud_as_the_ebu_says(parts: list[tuple[float, float]], lufs: float, tmp_path: Path) -> None:
    channel = one_after_another(*parts)
    assert loudness(tmp_path, [channel, channel]) == pytest.approx(lufs, abs=0.1)


def test_five_channels_are_weighed_by_where_they_stand(tmp_path: Path) -> None:
    front, centre, behind, low = (tone(dbfs, 4, 1000) for dbfs in (-28, -24, -30, -10))
    assert loudness(tmp_path, [front, front, centre, low, behind, behind]) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 96_000, 192_000])
def test_the_sample_rate_does_not_matter(rate: int, tmp_path: Path) -> None:
    channel = tone(-23, 2, rate=rate)
    assert loudness(tmp_path, [channel, channel], rate) == pytest.approx(-23, abs=0.1)


def test_one_channel_is_as_loud_as_two_loudspeakers_make_it(tmp_path: Path) -> None:
    assert loudness(tmp_path, [tone(-23, 2)]) == pytest.approx(-23, abs=0.1)


@pytest.mark.parametrize(
    ("hz", "phase", "dbfs", "dbtp"),
    [
        (RATE / 4, 0, -6.02, -6.0),
        (RATE / 4, 45, -6.02, -6.0),
        (RATE / 6, 60, -6.02, -6.0),
        (RATE / 8, 67.5, -6.02, -6.0),
        (RATE / 4, 45, 3, 3.0),
        (18_000, 0, -1, -1.0),
    ],
)
def test_the_wave_between_the_samples_is_found(
    hz: float, phase: float, dbfs: float, dbtp: float, tmp_path: Path
) -> None:
    channel = tone(dbfs, 1, hz, phase_degrees=phase)
    # A tone that begins at once has a peak of its own; the EBU's fade in and out, and so does this one.
    for place in range(RATE // 10):
        channel[place] *= place / (RATE / 10)
        channel[-1 - place] *= place / (RATE / 10)
    found = measure(write_floats(tmp_path / "peak.wav", [channel, channel])).true_peak_dbtp
    assert found is not None and dbtp - 0.4 <= found <= dbtp + 0.2


def test_silence_has_no_loudness_and_no_peak(make_wav: MakeWav) -> None:
    sound = measure(make_wav("silence.wav", lambda place: 0))
    assert (sound.loudness_lufs, sound.true_peak_dbtp) == (None, None)


@pytest.mark.parametrize("odd", [float("nan"), float("inf"), 3e38])
def test_numbers_that_are_no_sound_are_refused(odd: float, tmp_path: Path) -> None:
    channel = tone(-20, 1)
    channel[5_000] = odd
    with pytest.raises(Unreadable, match="holds numbers that are no sound"):
        measure(write_floats(tmp_path / "odd.wav", [channel]))


def test_copies_with_other_tags_have_the_same_sound_and_other_music_has_not(
    beeps: Path, chord: Path, make_file: MakeFile
) -> None:
    tag = b"ID3\3\0\0\0\0\0\x15TIT2\0\0\0\x0b\0\0\0Other name"
    old = b"TAG" + b"Other name".ljust(125, b"\0")
    ape = b"words" + b"APETAGEX" + b"\xd0\7\0\0" + (37).to_bytes(4, "little") + bytes(16)
    assert measure(beeps).sound_sha256 != measure(chord).sound_sha256
    for front, back in ((tag, b""), (b"", old), (b"", ape), (tag, ape + old)):
        copy = make_file("copy.mp3", front + beeps.read_bytes() + back)
        assert measure(copy).sound_sha256 == measure(beeps).sound_sha256


def test_the_same_samples_at_another_speed_are_another_sound(tmp_path: Path) -> None:
    def written(rate: int) -> Sound:
        return measure(write_floats(tmp_path / f"{rate}.wav", [tone(-20, 1)], rate))

    assert written(48_000).sound_sha256 != written(44_100).sound_sha256


@pytest.mark.ffmpeg
def test_all_lossless_files_of_a_recording_have_one_sound(ffmpeg: str, tmp_path: Path) -> None:
    plain = tmp_path / "plain.wav"
    with wave.open(str(plain), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(array("h", (round(32_000 * sample) for sample in tone(-3, 1, rate=16_000))).tobytes())
    copies = [tmp_path / name for name in ("copy.flac", "copy.aiff", "alac.m4a")]
    for copy in copies:
        codec = ["-c:a", "alac"] if copy.suffix == ".m4a" else []
        subprocess.run([ffmpeg, "-v", "error", "-i", plain, *codec, copy], check=True)
    assert {measure(copy, ffmpeg=ffmpeg).sound_sha256 for copy in (plain, *copies)} == {measure(plain).sound_sha256}


@pytest.mark.ffmpeg
def test_real_music_is_as_loud_as_ffmpeg_finds_it(ffmpeg: str) -> None:
    music = Path(__file__).parents[4] / "plugins/catalog/demo/music/fog.mp3"
    measured = subprocess.run(
        [ffmpeg, "-nostats", "-i", music, "-map", "0:a", "-af", "ebur128=peak=true", "-f", "null", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stderr.rpartition("Summary:")[2]
    words = measured.split()
    sound = measure(music)
    assert sound.loudness_lufs == pytest.approx(float(words[words.index("I:") + 1]), abs=0.1)
    assert sound.true_peak_dbtp == pytest.approx(float(words[words.index("Peak:") + 1]), abs=0.2)
