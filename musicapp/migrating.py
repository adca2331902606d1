"""Schema migrations: one folder of revisions and one version table per plugin, run in `requires` order at start."""

import fcntl
import logging
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.sql.schema import SchemaItem

from musicapp.stopping import end_where_asked

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

SCRIPTS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 5_077_201
NEWER = (
    "its tables could not be brought up to date: newer code made them ({}). Run that code again, or restore the copy "
    "of the database from before it."
)
REVISION = re.compile(r"""^revision\s*(?::[^=\n]+)?=\s*(["'])(.+?)\1""", re.MULTILINE)
FOLLOWS = re.compile(r"""^down_revision\s*(?::[^=\n]+)?=\s*(["'])(.+?)\1""", re.MULTILINE)


@dataclass(frozen=True)
class Pending:
    """A plugin whose tables are behind its revisions."""

    name: str
    folder: Path
    current: tuple[str, ...]

    def changes_tables(self) -> bool:
        """Whether there are tables that its revisions lead on from: not of a new plugin, nor of one whose tables
        newer code made."""
        return bool(self.current) and not self.from_newer_code()

    def from_newer_code(self) -> list[str]:
        """The revisions that its tables have and its folder does not."""
        return sorted(set(self.current) - revisions_in(self.folder))


def version_table(name: str) -> str:
    return f"alembic_version_{name}"


def alembic_config(connection: sa.Connection, name: str, folder: Path) -> "Config":
    """What alembic needs to work on one plugin's tables and no other's."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", str(folder).replace("%", "%%"))

    def own_name(table: str | None, kind: str, _parents: object) -> bool:
        return kind != "table" or is_modelled(table or "", name)

    def own_object(_item: SchemaItem, table: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return kind != "table" or is_modelled(table or "", name)

    config.attributes.update(
        connection=connection, version_table=version_table(name), include_name=own_name, include_object=own_object
    )
    return config


def is_modelled(table: str, name: str) -> bool:
    """Whether a table of the plugin `name` is one of its models. Those that begin with `<name>_search_` are an index
    that its revisions make by hand, with tables that the database adds by itself; autogenerate leaves them alone."""
    return table.startswith(f"{name}_") and not table.startswith(f"{name}_search_")


def pending(connection: sa.Connection, folders: Mapping[str, Path]) -> list[Pending]:
    """The plugins whose newest revision is not in the database, in the order given."""
    tables = set(sa.inspect(connection).get_table_names())
    behind = []
    for name, folder in folders.items():
        current = recorded(connection, name) if version_table(name) in tables else ()
        if newest(folder) != set(current):
            behind.append(Pending(name, folder, current))
    return behind


def newest(folder: Path) -> set[str]:
    """The revisions of a folder that no other one follows.

    Read from the files, because every process of the site asks this at its start and alembic is large.
    """
    texts = [path.read_text() for path in folder.glob("*.py")]
    revisions = {match[2] for text in texts if (match := REVISION.search(text))}
    followed = {match[2] for text in texts if (match := FOLLOWS.search(text))}
    return revisions - followed


def revisions_in(folder: Path) -> set[str]:
    """The revisions that a folder holds."""
    return {match[2] for path in folder.glob("*.py") if (match := REVISION.search(path.read_text()))}


def recorded(connection: sa.Connection, name: str) -> tuple[str, ...]:
    table = sa.table(version_table(name), sa.column("version_num"))
    return tuple(connection.scalars(sa.select(table.c.version_num)))


def upgrade(engine: sa.Engine, folders: Mapping[str, Path], lock_folder: Path) -> dict[str, str]:
    """Bring every plugin's tables to its newest revision; answers why, by name, for those that failed.

    A process that is to end leaves by SystemExit before it changes anything more.
    """
    with engine.connect() as connection:
        if not pending(connection, folders):
            return {}
    from alembic import command

    from musicapp.backup.before_upgrade import copy_before_upgrade, settle

    failures, upgraded = {}, set()
    with one_at_a_time(engine, lock_folder):
        with engine.connect() as connection:
            behind = pending(connection, folders)
        changed = {plugin.name for plugin in behind if plugin.changes_tables()}
        copy = copy_before_upgrade(engine, lock_folder) if changed else None
        try:
            for plugin in behind:
                end_where_asked()
                if newer := plugin.from_newer_code():
                    failures[plugin.name] = NEWER.format(", ".join(newer))
                    continue
                try:
                    with schema_change(engine) as connection:
                        command.upgrade(alembic_config(connection, plugin.name, plugin.folder), "heads")
                    upgraded.add(plugin.name)
                    log.info("The tables of %s are up to date.", plugin.name)
                except Exception as error:
                    log.exception("The tables of %s could not be brought up to date.", plugin.name)
                    failures[plugin.name] = f"its tables could not be brought up to date: {error}"
        finally:
            if copy is not None:
                settle(copy, upgraded=bool(changed & upgraded))
    return failures


@contextmanager
def schema_change(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction for one plugin's revisions. Foreign keys are off in it, because SQLite rebuilds tables."""
    with engine.execution_options(writing=True).connect() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if is_sqlite and isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA foreign_keys=OFF")  # has no effect once the transaction has begun
        try:
            with connection.begin():
                yield connection
                if is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
                    raise RuntimeError(f"this would leave rows that point to nothing: {broken[:3]}")
        finally:
            if is_sqlite and isinstance(raw, sqlite3.Connection):
                raw.execute("PRAGMA foreign_keys=ON")


@contextmanager
def one_at_a_time(engine: sa.Engine, folder: Path) -> Iterator[None]:
    """Only one of the processes that start together changes the schema; the others wait for it."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT", writing=True) as connection:
            connection.execute(sa.select(sa.func.pg_advisory_lock(ADVISORY_LOCK)))
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(ADVISORY_LOCK)))
        return
    with (folder / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_revision(engine: sa.Engine, name: str, folder: Path, message: str) -> Path | None:
    """Write the revision that leads from the database's tables of one plugin to its models; none if they agree."""
    from alembic import command

    first = not any(folder.glob("*.py"))
    folder.mkdir(parents=True, exist_ok=True)
    number = f"{len(list(folder.glob(f'{name}_*.py'))) + 1:04d}"
    with engine.execution_options(writing=True).connect() as connection:
        config = alembic_config(connection, name, folder)
        script = command.revision(
            config,
            message,
            autogenerate=True,
            head="base" if first else "head",
            version_path=str(folder),
            rev_id=f"{name}_{number}",
        )
    if script is None or isinstance(script, list):
        return None
    path = Path(script.path)
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "### " not in line))
    return path
