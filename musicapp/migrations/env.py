"""Alembic's environment for every plugin: what it works on is handed in by `musicapp.migrating`."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.migration import MigrationContext
from alembic.operations.ops import MigrationScript

from musicapp.database import UtcDateTime, db

given = context.config.attributes


def drop_empty(_context: MigrationContext, _revision: object, directives: list[MigrationScript]) -> None:
    """A revision that changes nothing is not written."""
    operations = directives[0].upgrade_ops
    if operations is not None and operations.is_empty():
        directives.clear()


def render_own_types(kind: str, thing: Any, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our column types by their names."""
    if kind == "type" and isinstance(thing, UtcDateTime):
        autogenerate.imports.add("from musicapp.database import UtcDateTime")
        return "UtcDateTime()"
    return False


context.configure(
    connection=given["connection"],
    target_metadata=db.metadata,
    version_table=given["version_table"],
    include_name=given["include_name"],
    include_object=given["include_object"],
    process_revision_directives=drop_empty,
    render_item=render_own_types,
    render_as_batch=True,
    compare_type=True,
)
context.run_migrations()
