"""What can be restored: a backup, or a bare copy of a database as an upgrade leaves it. Read and tried, then kept."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from musicapp.backup import postgres
from musicapp.backup.archive import Progress
from musicapp.backup.checking import check_database, read_all
from musicapp.backup.manifest import DATABASES, MANIFEST, SUMS, Kind, Manifest
from musicapp.backup.problems import NotWhole

SQLITE_HEAD = b"SQLite format 3\0"
HEADS: dict[bytes, Kind] = {SQLITE_HEAD: "sqlite", postgres.HEAD: "postgresql"}
NOT_UNPACKED = {MANIFEST, SUMS}


@dataclass(frozen=True)
class Source:
    """What was unpacked to `stage` and found whole; a bare database has no manifest."""

    stage: Path
    kind: Kind
    manifest: Manifest | None

    @property
    def database(self) -> Path:
        return self.stage / DATABASES[self.kind]

    @property
    def parts(self) -> list[str]:
        """The folders that it brings: media, secrets, templates, plugins."""
        return sorted(path.name for path in self.stage.iterdir() if path.is_dir())


def bare_kind(path: Path) -> Kind | None:
    """Which database's copy a file is, or none: then it should be a backup."""
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_HEAD))
    except OSError as error:
        raise NotWhole(f"{path} cannot be read: {error.strerror}.") from error
    return next((kind for begins, kind in HEADS.items() if head.startswith(begins)), None)


def opened(path: Path, stage: Path, on_progress: Progress) -> Source:
    """Unpack a backup below `stage` and try all of it; NotWhole says what is wrong with it."""
    kind = bare_kind(path)
    if kind is not None:
        source = Source(stage, kind, None)
        shutil.copyfile(path, source.database)
        check_database(kind, source.database)
        return source
    checked = read_all(path, lambda name: None if name in NOT_UNPACKED else stage / name, on_progress)
    source = Source(stage, checked.manifest.kind, checked.manifest)
    keep_private(stage / "secrets")
    check_database(source.kind, source.database, checked.manifest.rows)
    return source


def keep_private(folder: Path) -> None:
    """Secrets are for the site's account alone, whatever was usual where they were unpacked."""
    if folder.is_dir():
        folder.chmod(0o700)
        for path in folder.iterdir():
            path.chmod(0o600)
