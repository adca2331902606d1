"""`flask backup` and `flask restore`: they need no running site, and no whole one either."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy.exc import DBAPIError

from config import ROOT, Config
from musicapp.backup.places import FOLDER, remove_old
from musicapp.backup.problems import BackupFailed, RestoreRefused, first_line
from musicapp.settings import SettingsError, environment

if TYPE_CHECKING:
    from musicapp.backup.archive import Progress

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("place", required=False, type=FILE)
@click.option("--keep", type=click.IntRange(min=1), help="Keep so many of the folder's backups, and remove older ones.")
@click.option("--with-media", is_flag=True, help="Copy the files too that lie in an S3-compatible store.")
def backup(place: Path | None, keep: int | None, with_media: bool) -> None:
    """Save the whole site to a FILE (.tar or .tar.gz) or into a FOLDER, while it runs.

    The database is saved as it is at one moment, with every file that it names, the secrets, your templates and your
    plugins. Without a place it goes to the folder that MUSICAPP_BACKUP_FOLDER names, else to backups/ of the instance
    folder.
    """
    from musicapp import create_app
    from musicapp.backup.making import make_backup
    from musicapp.backup.sentences import of_backup
    from musicapp.database import close_connections

    with told():
        config = Config.read(environment(ROOT / ".env"))
        target = place or Path(config.backup_folder or config.instance / FOLDER)
        app = create_app(config, upgrade=False)
        copy_media = with_media or not config.s3_bucket
        try:
            with bar() as step:
                copied, checked = step("Copying"), step("Checking")
                made = make_backup(app, target, copy_media=copy_media, on_copied=copied, on_checked=checked)
        finally:
            close_connections(app)
    for sentence in of_backup(made, config.instance):
        click.echo(sentence)
    if keep:
        for old in remove_old(made.path.parent, keep):
            click.echo(f"{old.name} was removed: the newest {keep} are kept.")


@click.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Set aside the site that is here already.")
def restore(file: Path, force: bool) -> None:
    """Make this the site that a backup FILE holds: into an empty folder and database, while no site runs there.

    Takes the copies of a database too that upgrades leave (….before-…); then only the database is exchanged.
    """
    from musicapp.backup.restoring import restore as bring_back
    from musicapp.backup.sentences import of_restore

    with told():
        config = Config.read(environment(ROOT / ".env"))
        with bar() as step:
            restored = bring_back(config, file, force=force, on_progress=step("Checking"))
    for sentence in of_restore(restored):
        click.echo(sentence)


@contextmanager
def told() -> Iterator[None]:
    """End the command with a sentence where something cannot be done."""
    try:
        yield
    except (BackupFailed, RestoreRefused, SettingsError) as problem:
        raise click.ClickException(str(problem)) from problem
    except OSError as problem:
        raise click.ClickException(f"{problem.filename or 'A file'} cannot be used: {problem.strerror}.") from problem
    except DBAPIError as problem:
        raise click.ClickException(f"The database does not answer: {first_line(problem)}.") from problem


@contextmanager
def bar() -> "Iterator[Callable[[str], Progress]]":
    """One progress bar for steps that are named when they begin; nothing but on a terminal, so that logs stay short."""
    with click.progressbar(length=1, hidden=not sys.stdout.isatty()) as shown:

        def step(label: str) -> "Progress":
            def show(done: int, total: int) -> None:
                shown.label, shown.length, shown.finished = label, total, False
                shown.update(done - shown.pos)

            return show

        yield step
