"""Whether a backup fits the site that it is to become: the same kind of database, and no newer than its code."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from config import ROOT, Config
from musicapp.backup.contents import VERSIONS
from musicapp.backup.problems import RestoreRefused
from musicapp.backup.restoring.sources import Source
from musicapp.migrating import revisions_in

KINDS = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def refuse_misfit(source: Source, config: Config) -> None:
    """Refuse a backup that this site could not run on; the sentence says what to change."""
    here = sa.make_url(config.database_url).get_backend_name()
    if here != source.kind:
        raise RestoreRefused(
            f"It holds a database of {KINDS[source.kind]}, and this site is set to {KINDS.get(here, here)}. "
            "Set MUSICAPP_DATABASE_URL to one of that kind, or leave it out for SQLite, and restore again."
        )
    newer = unknown_revisions(revisions_of(source), migration_folders(config, source.stage))
    if newer:
        raise RestoreRefused(
            f"It was made by a newer version: the tables of {', '.join(newer)} are further than this one knows. "
            "Bring the code up to date first, then restore."
        )


def revisions_of(source: Source) -> Mapping[str, list[str]]:
    """At which migrations the tables of each plugin are; a dump without a manifest does not say."""
    if source.manifest is not None:
        return source.manifest.revisions
    if source.kind != "sqlite":
        return {}
    with closing(sqlite3.connect(f"{source.database.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE ?", (f"{VERSIONS}%",)).fetchall()
        found = {name: connection.execute(f'SELECT version_num FROM "{name}"').fetchall() for (name,) in tables}
    return {name.removeprefix(VERSIONS): [number for (number,) in rows] for name, rows in found.items()}


def migration_folders(config: Config, stage: Path) -> dict[str, Path]:
    """Where each plugin that could run here keeps its migrations, those that the backup brings included."""
    found = {"site": ROOT / "musicapp" / "site" / "migrations"}
    for folder in (ROOT / "plugins", config.instance / "plugins", stage / "plugins"):
        found |= {path.parent.name: path for path in folder.glob("*/migrations")}
    return found


def unknown_revisions(recorded: Mapping[str, list[str]], folders: Mapping[str, Path]) -> list[str]:
    """The plugins whose tables are at a revision that their folder does not hold; one may be absent altogether."""
    return sorted(
        name for name, numbers in recorded.items() if name in folders and set(numbers) - revisions_in(folders[name])
    )
