"""Covers that nothing wears any more: found, and removed with their files."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp.database import Model, session, writing
from musicapp.storage import media_store
from plugins.catalog.models import Cover, PartialUpload
from plugins.catalog.services.uploading.quota import is_under_way

AT_ONCE = 500


def is_unworn() -> sa.ColumnElement[bool]:
    """Whether no row of a running plugin wears a cover, and no upload under way wishes for it."""
    worn = [sa.exists().where(column == Cover.id).correlate(Cover) for column in wearers()]
    wish = PartialUpload.wishes["cover_id"].as_integer() == Cover.id
    return ~sa.or_(*worn, sa.exists().where(is_under_way(), wish).correlate(Cover))


def wearers() -> list[sa.Column[int]]:
    """The columns that name covers, in the tables of all plugins."""
    covers = Model.metadata.tables[Cover.__tablename__]
    keys = (key for table in Model.metadata.sorted_tables for key in table.foreign_keys)
    return [key.parent for key in keys if key.references(covers)]


def remove_unworn(cover_ids: Iterable[int]) -> None:
    """Remove those of these covers that nothing wears, once what wore them is committed to be gone."""
    ids = sorted(set(cover_ids))
    for start in range(0, len(ids), AT_ONCE):
        for cover_id in unworn_among(ids[start : start + AT_ONCE]):
            remove_cover(cover_id)


def unworn_among(cover_ids: Collection[int]) -> list[int]:
    found = list(session().scalars(sa.select(Cover.id).where(Cover.id.in_(cover_ids), is_unworn())))
    session().rollback()
    return found


def remove_cover(cover_id: int) -> None:
    """Remove a cover and its files, unless something wears it again meanwhile."""
    with writing():
        keys = forgotten(cover_id)
    delete_files(keys)


def forgotten(cover_id: int) -> list[str]:
    """Remove a cover that nothing wears, in any plugin, inside `writing()`: the keys of their tables say so.

    Answers its files, to be deleted after the commit; none where something still wears it, or an upload under way
    wishes for it.
    """
    unworn = sa.delete(Cover).where(Cover.id == cover_id, is_unworn())
    gone = unworn.returning(Cover.key_96, Cover.key_300, Cover.key_600)
    try:
        with session().begin_nested():
            return [key for row in session().execute(gone) for key in row]
    except IntegrityError:
        return []


def delete_files(keys: Iterable[str]) -> None:
    """Remove the files of covers whose rows are gone."""
    for key in keys:
        media_store().delete(key)
