"""Which tables hold people, and whether some plugin answers for each of them."""

from collections.abc import Collection

import sqlalchemy as sa

from musicapp.database import db, session
from musicapp.plugins.site import current_site
from plugins.auth.services.copies.making import all_personal_data

PEOPLE = "auth_user"


def answered_tables() -> set[str]:
    """The tables for which the running plugins say that they erase them."""
    return {table for one in all_personal_data() for table in one.tables}


def unanswered_models() -> list[str]:
    """Tables of running plugins with a key to people for which nobody answers: the database alone empties them."""
    with_people = {
        table.name
        for table in db.metadata.tables.values()
        if any(key.target_fullname == f"{PEOPLE}.id" for key in table.foreign_keys) and is_running(table.name)
    }
    return sorted(with_people - answered_tables())


def tables_at_rest(person_id: int) -> list[str]:
    """Tables in the database that hold somebody and whose plugin does not run now, so that nobody can empty them."""
    found = set()
    for (_schema, table), keys in sa.inspect(db.engine).get_multi_foreign_keys().items():
        columns = [key["constrained_columns"][0] for key in keys if key["referred_table"] == PEOPLE]
        if columns and not is_running(table) and holds(table, columns, person_id):
            found.add(table)
    return sorted(found - answered_tables())


def holds(table: str, columns: Collection[str], person_id: int) -> bool:
    """Whether one of these columns of a table names somebody."""
    named = [sa.column(column) == person_id for column in columns]
    return session().scalar(sa.select(sa.literal(1)).select_from(sa.table(table)).where(sa.or_(*named)).limit(1)) == 1


def is_running(table: str) -> bool:
    """Whether the plugin of a table, after which it is named, runs."""
    return table.partition("_")[0] in {plugin.name for plugin in current_site().plugins}
