"""The database: whether it answers and is sound, and whether its tables are those that the code wants."""

from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from musicapp import migrating
from musicapp.backup.contents import VERSIONS
from musicapp.backup.problems import first_line
from musicapp.database import db
from musicapp.doctor.findings import Finding
from musicapp.plugins.site import site_of


def unreachable(app: Flask) -> Finding | None:
    """Why the database does not answer; most of the other looks can be spared then."""
    try:
        with db.engine.connect() as connection:
            connection.execute(sa.select(1))
    except sa.exc.DBAPIError as error:
        remedy = (
            "Start it, or compare MUSICAPP_DATABASE_URL with where it is. If it is damaged, restore the newest backup."
        )
        return Finding("database", "wrong", f"The database does not answer: {first_line(error)}.", remedy)
    return None


def database(app: Flask) -> Iterator[Finding]:
    """Whether it answers; SQLite's file is looked through, PostgreSQL does that by itself."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            answer = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
            loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if answer != "ok":
                says = f"SQLite finds the database damaged: {answer}."
                yield Finding("database", "wrong", says, "Stop the site and restore the newest backup.")
            if loose is not None:
                says = f"A row of {loose[0]} points to one of {loose[2]} that is not there."
                yield Finding("database", "wrong", says, "Restore a backup, or ask who wrote to the database by hand.")
            if answer == "ok" and loose is None:
                yield Finding("database", "well", "The SQLite database is sound.")
        else:
            version = connection.scalar(sa.text("SHOW server_version"))
            yield Finding("database", "well", f"PostgreSQL {version} answers.")


def migrations(app: Flask) -> Iterator[Finding]:
    """Tables that wait for their upgrade, and those that are further than the code."""
    folders = {
        state.name: Path(state.plugin.root_path) / "migrations"
        for state in site_of(app).states.values()
        if state.plugin is not None
    }
    folders = {name: folder for name, folder in folders.items() if any(folder.glob("*.py"))}
    with db.engine.connect() as connection:
        behind = migrating.pending(connection, folders)
        tables = sa.inspect(connection).get_table_names()
        numbers = {name: migrating.recorded(connection, name) for name in folders if f"{VERSIONS}{name}" in tables}
    newer = [name for name, now_at in numbers.items() if set(now_at) - migrating.revisions_in(folders[name])]
    if newer:
        says = f"The tables of {', '.join(newer)} are further than this code: a newer version ran here."
        yield Finding("migrations", "wrong", says, "Bring the code up to date, or restore the copy from before.")
    if waiting := [plugin.name for plugin in behind if plugin.name not in newer]:
        says = f"The tables of {', '.join(waiting)} wait for their upgrade."
        yield Finding("migrations", "warning", says, "Start the site: it upgrades them itself, after a copy.")
    if not behind:
        yield Finding("migrations", "well", f"The tables of {len(folders)} plugins are up to date.")
