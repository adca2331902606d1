"""Files: those that rows name and the store has not, and those that lie there for nobody."""

import time
from collections.abc import Iterator

from flask import Flask

from musicapp.backup.words import counted
from musicapp.database import db
from musicapp.doctor.findings import Finding
from musicapp.storage import NotStored, Store
from musicapp.storage.keys import named_keys, unknown_tables
from musicapp.storage.store import A_DAY_S


def files(app: Flask) -> Iterator[Finding]:
    """Compare the store with all columns that name files, of whichever plugin."""
    store: Store = app.extensions["media_store"]
    store.check()
    lying = set(store.walk())
    with db.engine.connect() as connection:
        named = set(named_keys(connection, db.metadata, passing=True))
        hidden = unknown_tables(connection, db.metadata)
    missing = sorted(named - lying)
    orphans = [] if hidden else [key for key in sorted(lying - named) if is_older(store, key, A_DAY_S)]
    if missing:
        says = f"{counted(len(missing), 'file')} that rows name are not in the store, as {missing[0]}."
        yield Finding("files", "wrong", says, "Bring them back from a backup under the same names, below media/.")
    if orphans:
        says = f"{counted(len(orphans), 'file')} lie in the store for nobody, as {orphans[0]}."
        yield Finding("files", "warning", says, "`flask --app wsgi catalog check --mend` removes those of music.")
    if not missing and not orphans:
        yield Finding(
            "files", "well", f"{counted(len(named), 'file')} are where rows say, and none lies there for nobody."
        )


def is_older(store: Store, key: str, seconds: float) -> bool:
    try:
        return store.came_at(key) < time.time() - seconds
    except NotStored:
        return False
