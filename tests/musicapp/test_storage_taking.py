"""Claims about files of this machine that are taken into the store."""

import os
from pathlib import Path

import pytest

from musicapp.storage import Changed, Store
from musicapp.storage.store import PARTS

OTHER_DISK = Path("/dev/shm")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


@pytest.fixture
def song(tmp_path: Path) -> Path:
    path = tmp_path / "song.mp3"
    path.write_bytes(b"music" * 1000)
    return path


def test_a_file_on_the_same_disk_is_linked_and_costs_no_room(store: Store, song: Path) -> None:
    taking = store.taking(kind="audio")
    taken = [taking.take(os.fsencode(song)) for _ in range(3)]
    taking.settle()
    assert len({one.key for one in taken}) == 3
    for one in taken:
        assert store.path(one.key).samefile(song)
        assert (one.size_bytes, one.mtime_ns) == (song.stat().st_size, song.stat().st_mtime_ns)
    song.unlink()
    assert store.path(taken[0].key).read_bytes() == b"music" * 1000


def test_a_copy_stands_by_itself(store: Store, song: Path) -> None:
    taking = store.taking(kind="audio", way="copy")
    taken = taking.take(os.fsencode(song))
    taking.settle()
    song.write_bytes(b"other")
    assert store.path(taken.key).read_bytes() == b"music" * 1000
    assert list((store.root / PARTS).iterdir()) == []


def test_a_file_on_another_disk_is_copied_unless_only_links_are_wished(store: Store, song: Path) -> None:
    if not OTHER_DISK.is_dir() or OTHER_DISK.stat().st_dev == song.stat().st_dev:
        pytest.skip("there is no second disk here")
    far = Store(OTHER_DISK / f"taking-{os.getpid()}")
    try:
        taking = far.taking(kind="audio")
        key = taking.take(os.fsencode(song)).key
        taking.settle()
        assert far.path(key).read_bytes() == song.read_bytes() and not far.path(key).samefile(song)
        with pytest.raises(OSError, match="cross-device"):
            far.taking(kind="audio", way="link").take(os.fsencode(song))
    finally:
        for path in sorted(far.root.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        far.root.rmdir()


@pytest.mark.parametrize("way", ["link", "copy"])
def test_only_regular_files_are_taken(store: Store, song: Path, tmp_path: Path, way: str) -> None:
    link, pipe = tmp_path / "link.mp3", tmp_path / "pipe.mp3"
    link.symlink_to(song)
    os.mkfifo(pipe)
    taking = store.taking(kind="audio", way=way)  # type: ignore[arg-type]
    for path in (link, pipe, tmp_path, tmp_path / "nothing"):
        with pytest.raises((Changed, OSError)):
            taking.take(os.fsencode(path))
    assert list(store.walk()) == []
    with pytest.raises(ValueError):
        store.taking(kind=PARTS)


@pytest.mark.parametrize("way", ["link", "copy"])
def test_what_is_undone_leaves_nothing(store: Store, song: Path, way: str) -> None:
    taking = store.taking(kind="audio", way=way)  # type: ignore[arg-type]
    taking.take(bytes(song))
    taking.settle()
    taking.undo()
    assert list(store.walk()) == []
    assert song.exists()
