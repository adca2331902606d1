"""Files are kept whole or not at all, under names of the server's own, inside one folder."""

import errno
import hashlib
import io
import os
import re
import time
from pathlib import Path

import pytest

from musicapp.errors import Unavailable
from musicapp.storage import DiskFull, NotStored, Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "media")


def saved(store: Store, content: bytes = b"sound") -> str:
    return store.save(io.BytesIO(content), kind="audio", suffix=".mp3").key


def parts(store: Store) -> list[Path]:
    return list((store.root / "parts").iterdir())


def test_a_saved_file_can_be_read_again(store: Store) -> None:
    content = os.urandom(3_000_000)
    stored = store.save(io.BytesIO(content), kind="audio", suffix=".mp3")
    assert stored.size_bytes == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    with store.open(stored.key) as file:
        assert file.read() == content
    assert parts(store) == []


def test_keys_are_made_by_the_server_and_spread_over_folders(store: Store) -> None:
    first, second = saved(store), saved(store)
    assert first != second
    assert re.fullmatch(r"audio/([0-9a-f]{2})/\1[0-9a-f]{30}\.mp3", first)


@pytest.mark.parametrize(("kind", "suffix"), [("../up", ".mp3"), ("parts", ".mp3"), ("audio", "/x"), ("audio", "..")])
def test_a_kind_or_suffix_that_is_no_plain_word_is_refused(store: Store, kind: str, suffix: str) -> None:
    with pytest.raises(ValueError, match="lower-case word"):
        store.save(io.BytesIO(b"x"), kind=kind, suffix=suffix)


def test_what_the_check_refuses_is_not_kept(store: Store) -> None:
    def refuse(part: Path) -> None:
        assert part.read_bytes() == b"<svg>"
        raise ValueError("This is no sound.")

    with pytest.raises(ValueError, match="no sound"):
        store.save(io.BytesIO(b"<svg>"), kind="audio", suffix=".mp3", check=refuse)
    assert list(store.walk()) == []
    assert parts(store) == []


def test_a_stream_that_breaks_leaves_nothing(store: Store) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell() > 0:
                raise ConnectionError("The upload broke off.")
            return super().read(2)

    with pytest.raises(ConnectionError):
        store.save(Broken(b"sound"), kind="audio", suffix=".mp3")
    assert list(store.walk()) == []
    assert parts(store) == []


def test_a_full_disk_is_said_in_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"disk is full, so the file was not saved") as refused:
        saved(store)
    assert isinstance(refused.value, Unavailable)
    assert parts(store) == []


@pytest.mark.parametrize(
    "key",
    [
        "",
        "/",
        ".",
        "..",
        "../secret",
        "audio/../../secret",
        "/etc/passwd",
        "audio//x",
        "audio/\x00",
        "audio/way-out",
        "folder-out/secret",
        "audio",
        "parts/half.part",
        "Audio/x",
        "audio\\x",
        "audio/" + "x" * 300,
    ],
)
def test_nothing_outside_the_store_can_be_reached(store: Store, key: str) -> None:
    saved(store)
    secret = store.root.parent / "secret"
    secret.write_text("secret")
    (store.root / "audio" / "way-out").symlink_to(secret)
    (store.root / "folder-out").symlink_to(store.root.parent)
    (store.root / "parts" / "half.part").write_text("half")
    with pytest.raises(NotStored):
        store.path(key)
    assert not store.exists(key)
    store.delete(key)
    assert secret.exists()


def test_a_deleted_file_is_gone_and_deleting_it_again_is_no_error(store: Store) -> None:
    key = saved(store)
    store.delete(key)
    assert not store.exists(key)
    store.delete(key)


def test_walk_tells_all_files_but_parts_and_symlinks(store: Store) -> None:
    keys = {saved(store), saved(store)}
    (store.root / "parts" / "half.part").write_text("half")
    (store.root / "audio" / "link.mp3").symlink_to(store.path(min(keys)))
    assert set(store.walk()) == keys


def test_sweep_removes_the_parts_of_yesterday_only(store: Store) -> None:
    key = saved(store)
    fresh, old = store.root / "parts" / "fresh.part", store.root / "parts" / "old.part"
    fresh.touch()
    old.touch()
    two_days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (two_days_ago, two_days_ago))
    assert store.sweep() == 1
    assert parts(store) == [fresh]
    assert store.exists(key)


def test_an_empty_store_has_nothing_to_walk_or_sweep(store: Store) -> None:
    assert list(store.walk()) == []
    assert store.sweep() == 0
