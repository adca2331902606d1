"""Restoring, step by step: everything is read and tried before anything changes, and what was there is set aside."""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from config import Config
from musicapp.backup.archive import Progress
from musicapp.backup.manifest import Manifest
from musicapp.backup.places import STAMP, remove_left
from musicapp.backup.problems import BackupFailed, RestoreRefused
from musicapp.backup.restoring.databases import Database, PostgresSchema, database_at
from musicapp.backup.restoring.fitting import refuse_misfit
from musicapp.backup.restoring.sources import Source, bare_kind, opened
from musicapp.clock import now
from musicapp.database import close_connections, db
from musicapp.storage import Store
from musicapp.storage.keys import named_keys
from musicapp.supervisor.instance import only_one
from musicapp.supervisor.process import CannotStart

MB = 1 << 20
# Made by the site from what it restores: they would tell of the state before.
STALE = ("redis", "cache")
OWNERS = ("media", "secrets", "templates", "plugins")
STAGE = "restore-"


@dataclass
class Restored:
    """What came back, and where that lies which was there before."""

    manifest: Manifest | None
    rows: dict[str, int]
    aside: list[str] = field(default_factory=list)
    missing: int = 0
    stopped: dict[str, str] = field(default_factory=dict)


def restore(config: Config, path: Path, *, force: bool, on_progress: Progress) -> Restored:
    """Make the site of these settings what the backup holds, then bring its tables up to date.

    RestoreRefused and NotWhole come before anything has changed. With `force` a site that is there already is set
    aside, else it is refused.
    """
    with ExitStack() as held:
        try:
            held.enter_context(only_one(config.instance, "a restore"))
        except CannotStart as problem:
            raise RestoreRefused(str(problem)) from problem
        remove_left(config.instance, STAGE)
        database = database_at(config.database_url)
        if isinstance(database, PostgresSchema):
            database.refuse_in_use()
        taken = occupied(config.instance, database, bare=bare_kind(path) is not None)
        if taken and not force:
            raise RestoreRefused(
                f"There is a site here already: {', '.join(taken)}. Restore into an empty folder and database "
                "(MUSICAPP_INSTANCE, MUSICAPP_DATABASE_URL), or add --force, which sets it aside."
            )
        refuse_without_room(path, config.instance)
        stage = Path(held.enter_context(tempfile.TemporaryDirectory(prefix=STAGE, dir=config.instance)))
        source = opened(path, stage, on_progress)
        refuse_misfit(source, config)
        restored = put(source, config.instance, database)
        return brought_up_to_date(config, restored)


def occupied(instance: Path, database: Database, *, bare: bool) -> list[str]:
    """What of a site is there already, of all that the restore would bring."""
    taken = [] if database.is_empty() else ["a database"]
    if not bare:
        taken += [f"{name}/" for name in OWNERS if has_files(instance / name)]
    return taken


def has_files(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


def refuse_without_room(path: Path, folder: Path) -> None:
    needed, free = path.stat().st_size, shutil.disk_usage(folder).free
    if free < needed:
        raise RestoreRefused(
            f"Unpacked, the backup takes at least {needed // MB:,} MB, and {folder} has room for {free // MB:,} MB."
        )


def put(source: Source, instance: Path, database: Database) -> Restored:
    """Set aside what is there and put the new in its place; when that fails midway, the sentence says where it lies."""
    stamp = now().strftime(STAMP)
    folder = instance / f"before-restore-{stamp}"
    folder.mkdir(mode=0o700)
    aside: list[str] = []
    try:
        if not database.is_empty():
            aside.append(database.set_aside(folder, stamp))
        database.fill(source.database)
        for name in (*replaced(source), *STALE):
            if move_all(instance / name, folder / name):
                aside.append(str(folder / name))
        for name in source.parts:
            move_in(source.stage / name, instance / name)
        rows = database.rows()
        if source.manifest is not None and rows != source.manifest.rows:
            raise BackupFailed("the database has other rows than the backup.")
    except (BackupFailed, OSError) as error:
        where = ", ".join(aside) or "its old place"
        raise BackupFailed(f"The restore stopped midway: {error} What was there before lies in {where}.") from error
    finally:
        if not any(folder.iterdir()):
            folder.rmdir()
    return Restored(source.manifest, rows, aside)


def replaced(source: Source) -> list[str]:
    """The folders whose content makes way: all of a whole site, so that nothing of two is mixed. Music stays where the
    backup only lists it, because what the bucket lacks is brought there from it."""
    if source.manifest is None:
        return source.parts
    kept = {"media"} if source.manifest.media == "listed" else set()
    return sorted({*source.parts, *OWNERS} - kept)


def move_all(source: Path, target: Path) -> bool:
    """Move what lies in a folder, which may be the place where a disk is mounted and so must stay; whether it held
    anything."""
    inside = list(source.iterdir()) if source.is_dir() else []
    if inside:
        target.mkdir(mode=source.stat().st_mode & 0o777, parents=True, exist_ok=True)
    for path in inside:
        shutil.move(path, target / path.name)
    return bool(inside)


def move_in(source: Path, target: Path) -> None:
    """Move what was unpacked into a folder of the site. Folders are made there anew, so that they have the group that
    the outermost gives: a proxy may read the music by it. Who may enter that one may read the files."""
    target.mkdir(mode=source.stat().st_mode & 0o777, parents=True, exist_ok=True)
    for path in [path for path in source.rglob("*") if path.is_file()]:
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.name == "media":
            path.chmod(0o644)
        shutil.move(path, place)


def brought_up_to_date(config: Config, restored: Restored) -> Restored:
    """Start the site once, which upgrades its tables; bring its files to their bucket; see what it lacks."""
    from musicapp import create_app
    from musicapp.plugins.site import site_of

    app = create_app(config)
    store: Store = app.extensions["media_store"]
    with app.app_context(), db.engine.connect() as connection:
        named = set(named_keys(connection, db.metadata))
    close_connections(app)
    absent = named - set(store.walk())
    restored.missing = len([key for key in absent if not store.bring(key)])
    restored.stopped = {one.name: one.reason for one in site_of(app).states.values() if one.state == "stopped"}
    return restored
