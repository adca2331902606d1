"""Covers that nothing wears any more: their rows and their files go."""

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp.database import session, writing
from musicapp.storage import media_store
from plugins.catalog.models import Cover


def forget_unworn(cover_ids: Iterable[int]) -> None:
    """Remove those of these covers that nothing wears, in any plugin: the keys of its tables say so."""
    for cover_id in cover_ids:
        for key in forgotten(cover_id):
            media_store().delete(key)


def forgotten(cover_id: int) -> list[str]:
    """The files of a cover whose row was removed; none where something still wears it."""
    gone = sa.delete(Cover).where(Cover.id == cover_id).returning(Cover.key_96, Cover.key_300, Cover.key_600)
    with writing():
        try:
            with session().begin_nested():
                return [key for row in session().execute(gone) for key in row]
        except IntegrityError:
            return []
