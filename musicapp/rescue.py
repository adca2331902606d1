"""An app for the commands that must work where the site itself cannot start: `flask backup`, `restore`, `doctor`,
`move-database`."""

from collections.abc import Sequence

import click
from flask import Flask

from config import ROOT
from musicapp.backup.commands import backup, restore
from musicapp.doctor.commands import doctor
from musicapp.moving.commands import move_database

COMMANDS: tuple[click.Command, ...] = (backup, restore, doctor, move_database)
TAKE_A_WORD = {"-A", "--app", "-e", "--env-file"}


def is_asked_for(words: Sequence[str]) -> bool:
    """Whether the words behind `flask` call one of these commands, so that no site need be made for them."""
    rest = iter(words)
    for word in rest:
        if word in TAKE_A_WORD:
            next(rest, None)
        elif not word.startswith("-"):
            return word in {command.name for command in COMMANDS}
    return False


def rescue_app() -> Flask:
    """An app of these commands and nothing else: it reads no database, and makes none."""
    app = Flask("musicapp", root_path=str(ROOT))
    for command in COMMANDS:
        app.cli.add_command(command)
    return app
