"""Length, numbers and shape of a song come from decoding it."""

import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.catalog.media import Unreadable, examine, measure, peaks

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]
MakeWav = Callable[..., Path]


def test_an_mp3_is_measured(chord: Path) -> None:
    sound = measure(chord)
    assert sound.duration_s == pytest.approx(2, abs=0.05)
    assert (sound.sample_rate, sound.channels, sound.codec, sound.mime) == (44_100, 2, "mp3", "audio/mpeg")
    assert sound.bitrate_kbps == pytest.approx(64, abs=4)


@pytest.mark.parametrize(("sample", "codec"), [("chord.flac", "flac"), ("chord.ogg", "vorbis")])
def test_flac_and_vorbis_are_measured_too(sample: str, codec: str) -> None:
    sound = measure(SAMPLES / sample)
    assert (sound.duration_s, sound.sample_rate, sound.channels, sound.codec) == (0.8, 16_000, 1, codec)


def test_peaks_follow_the_loudness_of_the_song(make_wav: MakeWav) -> None:
    shape = peaks(make_wav("rising.wav", lambda place: place))
    assert len(shape) == 240
    assert shape[10] < 25 and 110 < shape[120] < 145 and shape[-1] > 250


def test_peaks_show_beeps_and_pauses(beeps: Path) -> None:
    shape = peaks(beeps)
    assert min(shape[20:40]) > 220, "the first beep"
    assert max(shape[60:90]) < 12, "the first pause"


def test_quiet_songs_show_as_much_shape_as_loud_ones(make_wav: MakeWav) -> None:
    loud = peaks(make_wav("loud.wav", lambda place: place))
    quiet = peaks(make_wav("quiet.wav", lambda place: place / 100))
    assert max(quiet) == 255
    assert all(abs(a - b) <= 4 for a, b in zip(loud, quiet, strict=True))


def test_silence_is_flat_zeros(make_wav: MakeWav) -> None:
    assert peaks(make_wav("silence.wav", lambda place: 0)) == bytes(240)


def test_a_whisper_of_noise_is_not_drawn_as_music(make_wav: MakeWav) -> None:
    assert peaks(make_wav("hiss.wav", lambda place: 0.0005)) == bytes(240)


def test_two_songs_have_two_shapes_and_one_song_always_the_same(chord: Path, beeps: Path) -> None:
    assert peaks(chord) != peaks(beeps)
    assert peaks(chord) == peaks(chord)


def test_peaks_come_in_as_many_bins_as_asked_for(chord: Path) -> None:
    assert [len(peaks(chord, bins)) for bins in (1, 60, 1_000)] == [1, 60, 1_000]


def test_a_song_of_opposite_channels_is_not_silent(tmp_path: Path, make_wav: MakeWav) -> None:
    with wave.open(str(make_wav("mono.wav", lambda place: 0.5)), "rb") as file:
        mono = array("h", file.readframes(99_999))
    path = tmp_path / "opposite.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8_000)
        file.writeframes(array("h", [side for sample in mono for side in (sample, -sample)]).tobytes())
    assert min(peaks(path)) > 200


def test_a_song_shorter_than_half_a_second_is_refused(make_wav: MakeWav) -> None:
    short = make_wav("blip.wav", lambda place: 1, duration_s=0.3)
    with pytest.raises(Unreadable, match=r"^“blip\.wav” holds only 0\.3 seconds of sound"):
        examine(short)


def test_a_song_cut_off_after_its_beginning_is_refused(chord: Path, make_file: MakeFile) -> None:
    with pytest.raises(Unreadable):
        examine(make_file("cut.mp3", chord.read_bytes()[:4_200]))


def test_a_header_without_sound_is_refused_with_what_to_do(make_file: MakeFile) -> None:
    with pytest.raises(Unreadable, match=r"begins like FLAC, but nothing in it can be played\. Export it again"):
        examine(make_file("shell.flac", b"fLaC" + b"\0" * 5_000))


def test_a_song_damaged_in_the_middle_is_accepted(chord: Path, make_file: MakeFile) -> None:
    song = bytearray(chord.read_bytes())
    song[9_000:11_000] = bytes(2_000)
    sound = measure(make_file("scratched.mp3", bytes(song)))
    assert 1.3 < sound.duration_s <= 2.1


def test_a_song_of_which_the_second_half_is_missing_is_accepted(chord: Path, make_file: MakeFile) -> None:
    whole = chord.read_bytes()
    assert 0.6 < measure(make_file("half.mp3", whole[: len(whole) * 6 // 10])).duration_s < 1.5
