"""The shipped demo music: every file can be played, says what it is, and is worth hearing."""

import io
import math
import subprocess
import sys
from array import array
from dataclasses import replace
from functools import cache
from itertools import combinations
from operator import mul
from pathlib import Path

import miniaudio
import pytest
from PIL import Image
from tinytag import TinyTag

from plugins.catalog.demo.manifest import FOLDER, DemoAlbum, DemoSong, music_file, read_manifest
from plugins.catalog.demo.releases import RELEASES

MUSIC = read_manifest()
ENTRIES = [(album, song) for album in MUSIC.albums for song in album.songs]
SONGS = [song for _, song in ENTRIES]
FULL_SCALE = 32_767
ROUGH_HZ = 4_000
"""A rate at which two pieces can still be told apart and pure Python can compare them."""

each_song = pytest.mark.parametrize("song", SONGS, ids=lambda song: song.file)
each_entry = pytest.mark.parametrize(("album", "song"), ENTRIES, ids=[song.file for song in SONGS])


@cache
def rough_sound(song: DemoSong) -> array:
    """The piece in mono at ROUGH_HZ."""
    path = str(music_file(song))
    return miniaudio.decode_file(path, nchannels=1, sample_rate=ROUGH_HZ).samples


def likeness(first: array, second: array) -> float:
    """How alike two sounds are, from 0 to 1 (the same), over the shorter one's length."""
    length = min(len(first), len(second))
    first, second = first[:length], second[:length]
    energies = sum(map(mul, first, first)) * sum(map(mul, second, second))
    return abs(sum(map(mul, first, second))) / math.sqrt(energies)


def loudness(sound: array) -> float:
    """The root mean square as a share of full scale."""
    return math.sqrt(sum(map(mul, sound, sound)) / len(sound)) / FULL_SCALE


def test_there_are_a_dozen_pieces_by_two_projects_on_four_releases() -> None:
    assert len(SONGS) == 12
    assert {album.artist for album in MUSIC.albums} == {artist.name for artist in MUSIC.artists}
    assert (len(MUSIC.artists), len(MUSIC.albums)) == (2, 4)


def test_the_manifest_and_the_files_agree() -> None:
    assert sorted(path.name for path in (FOLDER / "music").iterdir()) == sorted(song.file for song in SONGS)


def test_the_manifest_says_what_its_source_says() -> None:
    albums = tuple(
        replace(album, songs=tuple(replace(s, duration_s=0.0) for s in album.songs)) for album in MUSIC.albums
    )
    assert replace(MUSIC, albums=albums) == RELEASES


def test_all_of_it_is_a_small_download() -> None:
    assert sum(music_file(song).stat().st_size for song in SONGS) <= 8_000_000


def test_reading_the_manifest_needs_no_synthesiser() -> None:
    code = "import sys, plugins.catalog.demo.manifest as m; m.read_manifest(); sys.exit('numpy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3], timeout=180)
    assert run.returncode == 0


@each_song
def test_a_piece_is_stereo_mp3_of_the_length_the_manifest_gives(song: DemoSong) -> None:
    info = miniaudio.mp3_get_file_info(str(music_file(song)))
    assert info.nchannels == 2
    assert 30 < info.duration < 80
    assert info.duration == pytest.approx(song.duration_s, abs=0.2)


@each_entry
def test_a_piece_carries_its_tags(album: DemoAlbum, song: DemoSong) -> None:
    tag = TinyTag.get(music_file(song))
    assert (tag.title, tag.artist, tag.album) == (song.title, album.artist, album.title)
    assert (tag.track, tag.track_total) == (song.track_no, len(album.songs))
    assert (tag.genre, tag.year, tag.comment) == (song.genre, str(album.year), "CC0 1.0")
    assert (tag.composer, tag.albumartist) == ("musicapp demo", album.artist)
    assert tag.other.get("lyrics") == ([song.lyrics] if song.lyrics else None)


@each_song
def test_a_piece_carries_a_small_square_cover(song: DemoSong) -> None:
    cover = TinyTag.get(music_file(song), image=True).images.front_cover
    assert cover is not None
    assert cover.mime_type == "image/jpeg"
    assert len(cover.data) <= 60_000
    with Image.open(io.BytesIO(cover.data)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (600, 600))


def test_covers_are_one_a_release() -> None:
    covers = [TinyTag.get(music_file(song), image=True).images.front_cover for song in SONGS]
    assert len({cover.data for cover in covers if cover}) == len(MUSIC.albums)


@each_song
def test_a_piece_never_reaches_full_scale(song: DemoSong) -> None:
    samples = miniaudio.mp3_read_file_s16(str(music_file(song))).samples
    highest, lowest = max(samples), min(samples)
    assert -FULL_SCALE < lowest <= highest < FULL_SCALE


@each_song
def test_a_piece_sounds_all_through_and_ends_softly(song: DemoSong) -> None:
    sound = rough_sound(song)
    whole = loudness(sound)
    assert whole > 0.03
    fifth = len(sound) // 5
    assert all(loudness(sound[start : start + fifth]) > whole / 12 for start in range(0, 5 * fifth, fifth))
    assert loudness(sound[-ROUGH_HZ // 4 :]) < whole / 10


@each_song
def test_a_piece_is_no_loop_of_one_half(song: DemoSong) -> None:
    sound = rough_sound(song)
    assert likeness(sound, sound[len(sound) // 2 :]) < 0.5


def test_no_two_pieces_are_the_same() -> None:
    alike = [(a.file, b.file) for a, b in combinations(SONGS, 2) if likeness(rough_sound(a), rough_sound(b)) > 0.3]
    assert alike == []


@pytest.mark.slow
def test_a_score_played_again_is_the_shipped_piece() -> None:
    numpy = pytest.importorskip("numpy", reason="composing needs numpy")
    from plugins.catalog.demo.compose import composed
    from plugins.catalog.demo.sound import RATE

    song = next(song for song in SONGS if song.file == "pocket_arcade.mp3")
    played = composed(song)
    assert played.shape == (2, round(song.duration_s * RATE))

    mono = played.mean(axis=0)
    shipped = numpy.array(miniaudio.decode_file(str(music_file(song)), nchannels=1, sample_rate=RATE).samples, float)
    spectra = [numpy.fft.rfft(sound, 1 << 22) for sound in (shipped, mono)]
    at_each_delay = numpy.fft.irfft(spectra[0] * spectra[1].conj())[: RATE // 10]
    assert at_each_delay.max() / (numpy.linalg.norm(mono) * numpy.linalg.norm(shipped)) > 0.95
