"""Covers that nothing wears any more: their rows and their files go."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp.database import session
from musicapp.storage import media_store
from plugins.catalog.models import Cover


def forgotten(cover_id: int) -> list[str]:
    """Remove a cover that nothing wears, in any plugin, inside `writing()`: the keys of their tables say so.

    Answers its files, to be deleted after the commit; none where something still wears it.
    """
    gone = sa.delete(Cover).where(Cover.id == cover_id).returning(Cover.key_96, Cover.key_300, Cover.key_600)
    try:
        with session().begin_nested():
            return [key for row in session().execute(gone) for key in row]
    except IntegrityError:
        return []


def delete_files(keys: Iterable[str]) -> None:
    """Remove the files of covers whose rows are gone."""
    for key in keys:
        media_store().delete(key)
