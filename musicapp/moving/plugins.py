"""Whose tables a database holds, and who can make them anew: every plugin that lies here, switched off or not."""

import tempfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from config import Config
from musicapp import migrating
from musicapp.backup.contents import recorded_revisions
from musicapp.backup.words import counted
from musicapp.database import close_connections
from musicapp.moving.problems import MoveRefused
from musicapp.moving.tables import moved_names
from musicapp.plugins.site import site_of
from musicapp.plugins.slots import contributions

STAGE = "move-"


@dataclass(frozen=True)
class Plan:
    """What is moved: the tables that the revisions of these folders make.

    `left` are those that stay behind, with how many rows they have and why nobody here can make them.
    """

    folders: Mapping[str, Path]
    names: list[str]
    left: dict[str, str]


@contextmanager
def every_plugin(config: Config) -> Iterator[Flask]:
    """The site with all plugins that lie here, on an empty database that goes afterwards: where nobody has switched
    any of them off. Its context is the current one."""
    with tempfile.TemporaryDirectory(prefix=STAGE, dir=config.instance) as folder:
        from musicapp import create_app

        apart = {"database_url": f"sqlite:///{folder}/empty.db", "plugins": [*config.plugins, "*"]}
        app = create_app(config.model_copy(update={**apart, "testing": False, "debug": False}), upgrade=False)
        with app.app_context():
            yield app
        close_connections(app)


def planned(connection: sa.Connection, app: Flask) -> Plan:
    """What of a database can be moved; MoveRefused where its tables are not those of this code."""
    folders = {plugin.name: Path(plugin.root_path) / "migrations" for plugin in site_of(app).plugins}
    recorded = recorded_revisions(connection)
    folders = {name: folder for name, folder in folders.items() if name in recorded and any(folder.glob("*.py"))}
    if behind := [plugin.name for plugin in migrating.pending(connection, folders)]:
        raise MoveRefused(
            f"The tables of {', '.join(behind)} are not those of this code. Bring the code up to date where they are "
            "further, or type `flask --app wsgi upgrade` where they wait for it; a plugin that is switched off must be "
            "on for that. Then move them."
        )
    names, left = [], {}
    for name in moved_names(connection):
        owner = name.partition("_")[0]
        if owner in folders:
            names.append(name)
        else:
            left[name] = f"{rows_of(connection, name)}; {why_not(owner, app)}"
    return Plan(folders, names, left)


def rows_of(connection: sa.Connection, name: str) -> str:
    return counted(connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0, "row")


def why_not(owner: str, app: Flask) -> str:
    """Why nobody here can make the tables of a plugin."""
    state = site_of(app).states.get(owner)
    if state is None:
        return f"no plugin “{owner}” lies here"
    if state.state == "running":
        return f"no revision of the plugin {owner} makes it"
    return f"the plugin {owner} does not run: {state.reason}".rstrip(".")


@contextmanager
def plugins_aside(connection: sa.Connection, moved: Collection[str]) -> Iterator[None]:
    """Let the plugins whose tables are moved do what they must around the copying of their rows; what one of them
    raises ends the move."""
    with ExitStack() as entered:
        for one in contributions("site.move"):
            if one.owner in moved:
                entered.enter_context(one.call(connection))
        yield
