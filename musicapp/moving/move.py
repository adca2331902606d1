"""The move, step by step: nothing of the old database changes, and the new one is marked until it is all there."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import ArgumentError

from config import Config
from musicapp import migrating
from musicapp.backup.archive import Progress
from musicapp.backup.contents import count_rows
from musicapp.backup.places import remove_left
from musicapp.backup.restoring.databases import engine_of
from musicapp.backup.restoring.fitting import KINDS
from musicapp.backup.snapshots import size_bytes
from musicapp.moving.copying import Passing, Sums, compared, copied, looked_through
from musicapp.moving.marking import mark, unmark
from musicapp.moving.plugins import STAGE, Plan, every_plugin, planned
from musicapp.moving.postgres import Postgres
from musicapp.moving.problems import MoveRefused
from musicapp.moving.sides import Side
from musicapp.moving.sqlite import Sqlite
from musicapp.moving.tables import moved_names, refuse_other_columns, tables_of
from musicapp.supervisor.instance import only_one
from musicapp.supervisor.process import CannotStart

SIDES: Mapping[str, type[Side]] = {"sqlite": Sqlite, "postgresql": Postgres}
Step = Callable[[str], Progress]
"""Names a step, and answers whom to tell how far it is."""


@dataclass(frozen=True)
class Moved:
    """What stands in the new database, and what stayed in the old one."""

    source: Side
    target: Side
    sums: Sums
    left: Mapping[str, str]


def move(config: Config, url: str, *, leave_behind: bool, step: Step) -> Moved:
    """Copy all of the site's database into the empty one at `url`, and compare both.

    MoveRefused says what is in the way. With `leave_behind` tables stay where they are whose plugin does not run here,
    else they are refused.
    """
    source, target = side_of(config.database_url), side_of(as_a_setting(config, url))
    if source.kind == target.kind:
        raise MoveRefused(
            f"Both databases are of {KINDS[source.kind]}; `flask backup` and `flask restore` take a site from one to "
            "the other."
        )
    with ExitStack() as held:
        held.enter_context(alone(config.instance))
        for side in (source, target):
            side.refuse_in_use()
        refuse_taken(source, target)
        app = held.enter_context(every_plugin(config))
        here = held.enter_context(source.still())
        plan = planned(here, app)
        if plan.left and not leave_behind:
            lines = [f"{name} ({why})." for name, why in plan.left.items()]
            raise MoveRefused(
                "\n".join(["These tables would not be moved:", *lines, "Bring their plugins, or add --leave-behind."])
            )
        target.refuse_unfit(size_bytes(here))
        return Moved(source, target, filled(source, here, target, plan, app, step), plan.left)


def filled(source: Side, here: sa.Connection, target: Side, plan: Plan, app: Flask, step: Step) -> Sums:
    """Make the tables, copy their rows, compare them; where a value does not fit, nothing is left there."""
    total = sum(rows for name, rows in count_rows(here).items() if name in plan.names)
    target.clear()
    target.prepare()
    with engine_of(target.url) as engine:
        mark(engine)
        failures = migrating.upgrade(engine, plan.folders, Path(app.config["INSTANCE"]))
        if failures:
            raise MoveRefused("\n".join(f"{name}: {reason}" for name, reason in failures.items()))
        with target.reading() as there:
            if other := sorted({*plan.names} ^ {*moved_names(there)}):
                raise MoveRefused(f"The revisions of this code make other tables: {', '.join(other)} differ.")
            tables = tables_of(here if source.kind == "postgresql" else there, plan.names)
            for connection in (here, there):
                refuse_other_columns(connection, tables)
        try:
            sums = looked_through(source, here, tables, Passing(total, step("Checked")))
        except MoveRefused:
            target.clear()
            raise
        copied(source, here, target, engine, plan, tables, Passing(total, step("Copied")))
        compared(target, tables, sums, Passing(total, step("Compared")))
        unmark(engine)
    target.settle()
    return sums


def as_a_setting(config: Config, url: str) -> str:
    """A URL as the settings read it."""
    return Config(instance=config.instance, database_url=url).database_url


def side_of(url: str) -> Side:
    try:
        kind = sa.make_url(url).get_backend_name()
    except (ArgumentError, ValueError):  # of a port that is no number
        kind = ""
    if kind not in SIDES:
        raise MoveRefused("Name a database of SQLite or PostgreSQL: postgresql://user:password@host/name")
    return SIDES[kind](url)


@contextmanager
def alone(instance: Path) -> Iterator[None]:
    """Hold the instance folder, so that no site starts there meanwhile."""
    with ExitStack() as held:
        try:
            held.enter_context(only_one(instance, "a move of its database"))
        except CannotStart as problem:
            raise MoveRefused(str(problem)) from problem
        remove_left(instance, STAGE)
        yield


def refuse_taken(source: Side, target: Side) -> None:
    """Refuse where there is nothing to move, and where something lies already that no move has left."""
    if source.is_empty():
        raise MoveRefused(f"There is no site in {source.shown}.")
    if source.is_unfinished():
        raise MoveRefused(
            f"{source.shown} is itself the end of a move that did not come to its end. Name the old database in "
            "MUSICAPP_DATABASE_URL, and this one in the command."
        )
    if not target.is_empty() and not target.is_unfinished():
        raise MoveRefused(f"{target.shown} is not empty. Name a new database; nothing is ever written over.")
