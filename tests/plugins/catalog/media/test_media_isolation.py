"""Strangers' files are opened in a child, and nothing in them harms the one who asks."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from damaged_files import damaged
from drawn_pictures import drawn, encoded

from musicapp import confined
from plugins.catalog.media import (
    AudioKind,
    ChildFailed,
    PictureRefused,
    Unreadable,
    examine,
    examine_safely,
    make_cover_safely,
    read_tags_safely,
)
from plugins.catalog.media.answers import DAMAGED, Answer
from plugins.catalog.media.isolation import ask_child

SAMPLES = Path(__file__).with_name("samples")
MakeFile = Callable[[str, bytes], Path]
MakeWav = Callable[..., Path]


def answers_for(verb: str, paths: list[Path], **wishes: object) -> list[Answer]:
    """Ask children until each file has its answer; the file on which one dies is refused by that."""
    answers: list[Answer] = []
    while len(answers) < len(paths):
        files = [(path, path.name) for path in paths[len(answers) :]]
        given, died = ask_child(verb, files, time_limit_s=60, memory_mb=512, **wishes)
        answers += given + ([{"refused": died, "died": True}] if died else [])
    return answers


def test_the_child_finds_what_the_parent_would(chord: Path) -> None:
    assert examine_safely(chord) == examine(chord)


@pytest.mark.parametrize("name", ["-rf.mp3", "--help", "a b'\"$(id);.mp3", "new\nline.mp3", b"\xff\xfe.mp3", "ノ.mp3"])
def test_any_file_name_is_only_a_name(name: str | bytes, chord: Path, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(chord.read_bytes())
    assert examine_safely(path).sound.codec == "mp3"
    assert read_tags_safely(path).title == "Low Tide – Åse"


def test_folder_and_environment_of_the_parent_do_not_matter(
    chord: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('the wrong module')")
    (tmp_path / "song.mp3").write_bytes(chord.read_bytes())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert examine_safely("song.mp3").sound.codec == "mp3"


def test_a_wrong_file_is_named_as_the_artist_names_it(make_file: MakeFile) -> None:
    with pytest.raises(Unreadable, match=r"^“scan_0007\.mp3” is a PDF, not music\.$"):
        examine_safely(make_file("91ab.part", b"%PDF-1.7"), "scan_0007.mp3")


def test_a_song_without_sound_is_refused_by_the_child_in_the_same_words(make_file: MakeFile) -> None:
    shell = make_file("shell.flac", b"fLaC" + b"\0" * 999)
    with pytest.raises(Unreadable) as of_child:
        examine_safely(shell)
    with pytest.raises(Unreadable) as of_parent:
        examine(shell)
    assert of_child.value.sentence == of_parent.value.sentence


def test_a_song_that_takes_too_long_is_given_up_in_time(make_wav: MakeWav) -> None:
    song = make_wav("hours.wav", lambda place: 0.5)
    begun = time.monotonic()
    with pytest.raises(Unreadable, match=r"took longer than 0\.01 seconds to read"):
        examine_safely(song, time_limit_s=0.01)
    assert time.monotonic() - begun < 10


def test_a_picture_that_wants_too_much_memory_is_refused() -> None:
    with pytest.raises(PictureRefused, match="takes too much memory"):
        make_cover_safely(encoded(drawn((4_900, 4_900)), "PNG"), memory_mb=60)


def test_a_crash_of_the_decoder_is_a_refusal_and_not_a_crash_of_ours(
    chord: Path, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    crash = make_file("crash.py", b"import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(confined, "SCRIPT", crash)
    with pytest.raises(Unreadable, match="the program reading it broke off"):
        examine_safely(chord)
    with pytest.raises(PictureRefused, match="broke off"):
        make_cover_safely(encoded(drawn(), "PNG"))
    assert read_tags_safely(chord).title is None


@pytest.mark.parametrize("end", [b"import no_such_module", b"import os, signal; os.kill(os.getpid(), signal.SIGTERM)"])
def test_a_child_that_cannot_work_is_not_the_fault_of_the_file(
    end: bytes, chord: Path, make_file: MakeFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "SCRIPT", make_file("end.py", end))
    with pytest.raises(ChildFailed):
        examine_safely(chord)


def test_the_child_writes_no_files(tmp_path: Path, chord: Path) -> None:
    song = tmp_path / "song.mp3"
    song.write_bytes(chord.read_bytes())
    examine_safely(song)
    assert os.listdir(tmp_path) == ["song.mp3"]


@pytest.mark.ffmpeg
def test_each_of_250_damaged_songs_is_accepted_or_refused_with_a_sentence(
    ffmpeg: str, make_file: MakeFile, make_wav: MakeWav
) -> None:
    sound = [path.read_bytes() for path in sorted(SAMPLES.glob("*.*")) if path.suffix != ".md"]
    sound.append(make_wav("tone.wav", lambda place: place, duration_s=0.8).read_bytes())
    paths = [make_file(f"{number}.mp3", spoiled) for number, spoiled in enumerate(damaged(sound, 250, seed=2024))]
    answers = answers_for("examine", paths, ffmpeg=ffmpeg, longest_s=3600)
    accepted = [answer["result"] for answer in answers if "result" in answer]
    refused = [answer["refused"] for answer in answers if "refused" in answer]
    assert len(accepted) + len(refused) == 250
    assert len(accepted) > 50 and len(refused) > 50, "the corpus holds both"
    assert all(result["sound"]["duration_s"] >= 0.5 and len(result["peaks"]) == 320 for result in accepted)
    assert {result["sound"]["codec"] for result in accepted} == {kind.codec for kind in AudioKind}
    assert all(sentence.endswith(".") and sentence != DAMAGED for sentence in refused)
    # The Vorbis decoder dies on one in a thousand such files; that is what the child is for.
    assert sum("died" in answer for answer in answers) < 5
    assert all(set(answer) == {"result"} for answer in answers_for("tags", paths))


def test_each_of_300_damaged_pictures_is_made_into_a_cover_or_refused_with_a_sentence(make_file: MakeFile) -> None:
    pictures = [
        encoded(drawn((120, 100)), "JPEG"),
        encoded(drawn((120, 100)), "JPEG", progressive=True),
        encoded(drawn((120, 100)), "PNG"),
        encoded(drawn((120, 100)).convert("P"), "PNG"),
        encoded(drawn((120, 100)), "WEBP"),
        encoded(drawn((120, 100)), "WEBP", lossless=True),
    ]
    paths = [make_file(f"{number}.jpg", spoiled) for number, spoiled in enumerate(damaged(pictures, 300, seed=7))]
    answers = answers_for("cover", paths)
    refused = [answer["refused"] for answer in answers if "refused" in answer]
    assert len(answers) == 300 and 100 < len(refused) < 290
    assert all(sentence.endswith(".") and sentence != DAMAGED for sentence in refused)
