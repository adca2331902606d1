"""Which tables hold people, and whether some plugin answers for each of them."""

import sqlalchemy as sa

from musicapp.database import db
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
        if any(key.target_fullname == f"{PEOPLE}.id" for key in table.foreign_keys)
    }
    return sorted(with_people - answered_tables())


def tables_at_rest() -> list[str]:
    """Tables in the database with a key to people whose plugin does not run now, so that nobody can empty them."""
    there = sa.inspect(db.engine)
    running = {plugin.name for plugin in current_site().plugins}
    found = [
        table
        for (_schema, table), keys in there.get_multi_foreign_keys().items()
        if any(key["referred_table"] == PEOPLE for key in keys)
    ]
    return sorted(table for table in set(found) - answered_tables() if table.partition("_")[0] not in running)
