"""PostgreSQL's own programs for dumps: pg_dump writes one, pg_restore reads it."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from musicapp.backup.contents import counted_tables
from musicapp.backup.problems import BackupFailed, CutOff, NotWhole
from musicapp.stopping import end_where_asked

HEAD = b"PGDMP"
COPIES = re.compile(rb'COPY (?:"?[\w-]+"?\.)?"?(\w+)"? \(.*\) FROM stdin;')
LAST_WORDS = 400
LOOKS_UP_EVERY_S = 0.2
ENDINGS = {-signal.SIGINT, -signal.SIGTERM, -signal.SIGHUP}
ENDED = "terminated by user"
NOT_HERE = (
    "{program} is not on PATH, and without it a PostgreSQL database can be neither saved nor restored. Install "
    "PostgreSQL's client programs (on Debian and Ubuntu: postgresql-client), of the server's version or newer."
)


def program(name: str) -> str:
    """Where one of the programs lies; BackupFailed where it does not."""
    path = shutil.which(name)
    if path is None:
        raise BackupFailed(NOT_HERE.format(program=name))
    return path


def dump(connection: sa.Connection, path: Path, snapshot: str) -> None:
    """Write one snapshot of the site's tables to a file, compressed, in the format that pg_restore reads."""
    command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    schema = connection.scalar(sa.select(sa.func.current_schema()))
    run([*command, f"--schema={schema}", "--file", str(path)], reached_by(connection.engine))


def load(engine: sa.Engine, path: Path) -> None:
    """Make the tables of a dump in an empty database, all or none."""
    command = [program("pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    with engine.connect() as connection:
        database, schema = connection.execute(sa.select(sa.func.current_database(), sa.func.current_schema())).one()
    # The schema is named, because it is there: pg_restore would make the one that the dump is of.
    run([*command, f"--dbname={database}", f"--schema={schema}", str(path)], reached_by(engine))


def rows_in(path: Path) -> dict[str, int]:
    """How many rows of each table a dump holds; it is read to its last byte for that. NotWhole when it cannot be."""
    rows: dict[str, int] = {}
    command = [program("pg_restore"), "--file=-", str(path)]
    table = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        assert reading.stdout is not None and reading.stderr is not None
        for line in reading.stdout:
            if table:
                if line == b"\\.\n":
                    table = ""
                else:
                    rows[table] += 1
            elif begins := COPIES.match(line):
                table = begins[1].decode()
                rows[table] = 0
        complaint = reading.stderr.read().decode(errors="replace")
    if reading.returncode:
        raise NotWhole(f"pg_restore cannot read this dump: {complaint.strip()[-LAST_WORDS:]}")
    return {name: rows[name] for name in counted_tables(list(rows))}


def run(command: list[str], reached: Mapping[str, str]) -> None:
    """Run one of the programs to its end; it goes with this process, where that is asked to stop meanwhile.

    In a session of its own, for Ctrl-C goes to all who share one, and a copy that it cut off would look like one that
    cannot be had. CutOff where somebody told it to end all the same, BackupFailed where it fails.
    """
    environ, name = {**os.environ, **reached}, Path(command[0]).name
    with subprocess.Popen(
        command,
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        try:
            while (said := complaint_of(running)) is None:
                end_where_asked()
        except BaseException:
            running.kill()
            raise
    if running.returncode in ENDINGS or (running.returncode and ENDED in said):
        raise CutOff(f"{name} was told to end before it was done.")
    if running.returncode:
        raise BackupFailed(f"{name} failed: {said.strip()[-LAST_WORDS:]}")


def complaint_of(running: subprocess.Popen[str]) -> str | None:
    """What a program wrote to stderr, or nothing while it runs."""
    try:
        return running.communicate(timeout=LOOKS_UP_EVERY_S)[1]
    except subprocess.TimeoutExpired:
        return None


def reached_by(engine: sa.Engine) -> dict[str, str]:
    """The environment by which PostgreSQL's programs reach the database of an engine, its password included."""
    _, said = engine.dialect.create_connect_args(engine.url)
    names = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}
    names |= {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}
    given: dict[str, Any] = {names[key]: value for key, value in said.items() if key in names and value}
    return {name: str(value) for name, value in given.items()}
