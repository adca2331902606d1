"""Files that arrive in pieces: what is on disk counts, one writer at a time, and nothing of a refused piece stays."""

import errno
import hashlib
import io
import os
import time
from pathlib import Path

import pytest

from musicapp.storage import BeingWritten, Checksum, DiskFull, Growing, Misplaced, Store
from musicapp.storage.growing import Damaged, TooLong

NAME = "0123456789abcdef" * 2
SOUND = os.urandom(300_000)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


@pytest.fixture
def file(store: Store) -> Growing:
    return store.growing(NAME, kind="audio")


def add(file: Growing, first: int, last: int | None = None, checksum: Checksum | None = None) -> None:
    with file:
        piece = io.BytesIO(SOUND[first:last])
        file.append(piece, at_bytes=first, whole_bytes=len(SOUND), checksum=checksum)


def test_pieces_become_a_stored_file_under_the_name_they_arrived_by(store: Store, file: Growing) -> None:
    add(file, 0, 100_000)
    assert file.size_bytes == 100_000
    assert list(store.walk()) == []
    add(file, 100_000)
    with file:
        stored = file.finish(lambda path: None)
    assert stored.key == f"audio/01/{NAME}"
    assert (stored.size_bytes, stored.sha256) == (len(SOUND), hashlib.sha256(SOUND).hexdigest())
    assert store.path(stored.key).read_bytes() == SOUND
    with file:  # as after a crash that cut off whoever asked for it
        assert file.finish(lambda path: None) == stored
    assert file.size_bytes == len(SOUND)


def test_a_piece_elsewhere_too_long_or_damaged_leaves_nothing(file: Growing) -> None:
    add(file, 0, 1000)
    with file, pytest.raises(Misplaced) as misplaced:
        file.append(io.BytesIO(SOUND), at_bytes=0, whole_bytes=len(SOUND))
    assert misplaced.value.size_bytes == 1000
    with file, pytest.raises(TooLong):
        file.append(io.BytesIO(SOUND), at_bytes=1000, whole_bytes=len(SOUND))
    with pytest.raises(Damaged):
        add(file, 1000, 2000, Checksum("sha256", hashlib.sha256(b"other").digest()))
    assert file.size_bytes == 1000
    add(file, 1000, 2000, Checksum("sha256", hashlib.sha256(SOUND[1000:2000]).digest()))
    assert file.size_bytes == 2000


def test_of_a_piece_that_breaks_off_what_came_stays(file: Growing) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise ConnectionError("gone")
            return super().read(1000)

    with file, pytest.raises(ConnectionError):
        file.append(Broken(SOUND), at_bytes=0, whole_bytes=len(SOUND))
    assert file.size_bytes == 1000


def test_nobody_else_writes_meanwhile(store: Store, file: Growing) -> None:
    other = store.growing(NAME, kind="audio")
    with file, pytest.raises(BeingWritten), other:
        pass
    with other:
        pass


def test_what_the_check_refuses_stays_out_of_the_store(store: Store, file: Growing) -> None:
    def refuse(path: Path) -> None:
        raise ValueError("no sound")

    add(file, 0)
    with file, pytest.raises(ValueError, match="no sound"):
        file.finish(refuse)
    assert list(store.walk()) == []
    file.delete()
    assert file.size_bytes == 0


def test_a_full_disk_is_a_sentence(file: Growing, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with file, monkeypatch.context() as disk:
        disk.setattr(os, "write", full)
        with pytest.raises(DiskFull):
            file.append(io.BytesIO(SOUND), at_bytes=0, whole_bytes=len(SOUND))


def test_only_what_lay_long_is_swept_and_other_parts_are_left(store: Store, file: Growing) -> None:
    add(file, 0, 10)
    old = store.growing(NAME[::-1], kind="audio")
    add(old, 0, 10)
    os.utime(old.part, (time.time() - 5000,) * 2)
    assert store.sweep_growing(older_than_s=4000) == 1
    assert (file.size_bytes, old.size_bytes) == (10, 0)
    assert store.sweep(older_than_s=0) == 0


@pytest.mark.parametrize(("name", "kind"), [("../up", "audio"), (NAME.upper(), "audio"), (NAME, "parts")])
def test_names_and_kinds_that_are_not_ours_are_refused(store: Store, name: str, kind: str) -> None:
    with pytest.raises(ValueError, match="hex digits"):
        store.growing(name, kind=kind)
