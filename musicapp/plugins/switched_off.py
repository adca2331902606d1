"""Which plugins were switched off on the site: read from the database before any plugin is loaded."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from musicapp.database import db

KEPT_AS = ("site", "switched_off")
REASON = "it is switched off on the page of plugins."
SETTINGS = sa.table("site_setting", sa.column("plugin"), sa.column("name"), sa.column("value", sa.JSON))


def switched_off(app: Flask) -> set[str]:
    """Their names; none while the database is new or does not answer."""
    plugin, name = KEPT_AS
    kept = sa.select(SETTINGS.c.value).where(SETTINGS.c.plugin == plugin, SETTINGS.c.name == name)
    try:
        with app.app_context(), db.engine.connect() as connection:
            return set(connection.execute(kept).scalar() or ())
    except SQLAlchemyError:
        return set()
