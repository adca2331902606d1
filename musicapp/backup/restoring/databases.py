"""The database that a backup goes into: whether one is there, how that is set aside, and how the new one comes."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from musicapp.backup import postgres
from musicapp.backup.contents import count_rows
from musicapp.backup.problems import RestoreRefused
from musicapp.backup.words import counted
from musicapp.database import listen


class Database(ABC):
    """The database that the settings name, while no site uses it."""

    @abstractmethod
    def is_empty(self) -> bool: ...

    @abstractmethod
    def set_aside(self, folder: Path, stamp: str) -> str:
        """Keep what is there, in `folder` or under another name; answers where."""

    @abstractmethod
    def fill(self, copy: Path) -> None:
        """Make the empty database what the copy is."""

    @abstractmethod
    def rows(self) -> dict[str, int]: ...


class SqliteFile(Database):
    """A file, with what SQLite lays beside it and would play back into any database that comes to lie there."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def found(self) -> list[Path]:
        """What is there of it; a journal may outlive its file."""
        paths = [self.path.with_name(self.path.name + end) for end in ("", "-wal", "-shm", "-journal")]
        return [path for path in paths if path.exists()]

    def is_empty(self) -> bool:
        return not self.found

    def set_aside(self, folder: Path, stamp: str) -> str:
        first, *others = self.found
        for path in (first, *others):
            shutil.move(path, folder / path.name)
        return str(folder / first.name)

    def fill(self, copy: Path) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.path.with_name(f"{self.path.name}.part")
        copy.chmod(0o600)
        part.unlink(missing_ok=True)
        part.touch(mode=0o600)  # moved from another disk, it would be anybody's to read until it is whole
        shutil.move(copy, part)
        part.replace(self.path)

    def rows(self) -> dict[str, int]:
        with engine_of(f"sqlite:///{self.path}") as engine, engine.connect() as connection:
            return count_rows(connection)


class PostgresSchema(Database):
    """The schema of a PostgreSQL database in which the site's tables lie; set aside, it bears another name."""

    def __init__(self, url: str) -> None:
        self.url = url

    def is_empty(self) -> bool:
        with engine_of(self.url) as engine, engine.connect() as connection:
            return not sa.inspect(connection).get_table_names()

    def set_aside(self, folder: Path, stamp: str) -> str:
        name = f"before_restore_{stamp.lower()}"
        with engine_of(self.url) as engine, engine.execution_options(writing=True).begin() as connection:
            schema = connection.scalar(sa.select(sa.func.current_schema()))
            try:
                connection.exec_driver_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{name}"')
                connection.exec_driver_sql(f'CREATE SCHEMA "{schema}"')
            except sa.exc.ProgrammingError as error:
                raise RestoreRefused(
                    f"The old tables could not be set aside: {error.orig}. Name an empty database in "
                    "MUSICAPP_DATABASE_URL, or let the site's account own this one."
                ) from error
        return f"the schema {name}"

    def fill(self, copy: Path) -> None:
        with engine_of(self.url) as engine:
            postgres.load(engine, copy)

    def rows(self) -> dict[str, int]:
        with engine_of(self.url) as engine, engine.connect() as connection:
            return count_rows(connection)

    def refuse_in_use(self) -> None:
        """Refuse while others are connected: a running site would write between the old tables and the new."""
        others = sa.text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        with engine_of(self.url) as engine, engine.connect() as connection:
            if count := connection.scalar(others):
                raise RestoreRefused(
                    f"The database has {counted(count, 'other connection')}. Stop the site first, and its workers."
                )


@contextmanager
def engine_of(url: str) -> Iterator[sa.Engine]:
    """An engine for a few statements, with the site's rules for beginning transactions."""
    engine = sa.create_engine(url, poolclass=sa.pool.NullPool)
    listen(engine)
    try:
        yield engine
    finally:
        engine.dispose()


def database_at(url: str) -> Database:
    """The database that a URL of the settings names."""
    parts = sa.make_url(url)
    if parts.get_backend_name() != "sqlite":
        return PostgresSchema(url)
    if not parts.database:
        raise RestoreRefused("A database that is in memory only cannot be restored into.")
    return SqliteFile(Path(parts.database).absolute())
