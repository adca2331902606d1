"""`flask move-database`: from SQLite to PostgreSQL and back, while the site is stopped."""

import sqlite3
from typing import TYPE_CHECKING

import click

from config import ROOT, Config
from musicapp.backup.commands import told
from musicapp.backup.problems import first_line
from musicapp.moving.problems import MoveRefused
from musicapp.settings import environment

if TYPE_CHECKING:
    from musicapp.backup.archive import Progress

PARTS = 10


@click.command()
@click.argument("url")
@click.option("--leave-behind", is_flag=True, help="Leave tables where they are whose plugin does not run here.")
def move_database(url: str, leave_behind: bool) -> None:
    """Copy the site's database into the empty one at URL, of the other kind, and compare both.

    The old one stays as it is, and the site is not switched: the last lines say how to do so. A move that was
    interrupted is begun anew by the same command.
    """
    import psycopg

    from musicapp.moving.move import move
    from musicapp.moving.sentences import of_move

    with told():
        config = Config.read(environment(ROOT / ".env"))
        try:
            moved = move(config, url, leave_behind=leave_behind, step=in_lines)
        except MoveRefused as problem:
            raise click.ClickException(str(problem)) from problem
        except (psycopg.Error, sqlite3.Error) as problem:  # rows are read past SQLAlchemy
            raise click.ClickException(f"The database does not answer: {first_line(problem)}.") from problem
    for sentence in of_move(moved):
        click.echo(sentence)


def in_lines(step: str) -> "Progress":
    """Tell of each tenth of a step in a line, on a terminal and in a log alike."""
    reached = 0

    def show(done: int, total: int) -> None:
        nonlocal reached
        if done * PARTS >= (reached + 1) * total:
            reached = done * PARTS // total
            click.echo(f"{step} {done:,} of {total:,} rows.")

    return show
