"""Uploads that nobody went on with: after some days their files and rows go."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.storage import BeingWritten, media_store
from plugins.catalog.models import PartialUpload
from plugins.catalog.services.limits import limits

SWEPT_AT_ONCE = 200
A_DAY_S = 24 * 60 * 60


def sweep_uploads() -> int:
    """Remove uploads to which nothing was added for too long, and parts that have no row; how many rows that were.

    Of those that became songs only the row goes.
    """
    days = limits().unfinished_days
    before = now() - timedelta(days=days)
    old = sa.select(PartialUpload.id).where(PartialUpload.touched_at < before).order_by(PartialUpload.touched_at)
    swept = sum(sweep_upload(upload_id) for upload_id in session().scalars(old.limit(SWEPT_AT_ONCE)).all())
    if not swept:
        media_store().sweep_growing((days + 1) * A_DAY_S)
    return swept


def sweep_upload(upload_id: str) -> bool:
    """Remove one old upload, unless a piece of it comes in just now."""
    try:
        with media_store().growing(upload_id, kind="audio") as file:
            row = forgotten(upload_id)
            unused = row is not None and (row.song_id is None or bool(row.problem))
            if unused or not file.size_bytes:
                file.delete()
    except BeingWritten:
        return False
    return row is not None


def forgotten(upload_id: str) -> PartialUpload | None:
    """The row of an old upload, removed; None when it is old no more."""
    before = now() - timedelta(days=limits().unfinished_days)
    query = sa.select(PartialUpload).where(PartialUpload.id == upload_id, PartialUpload.touched_at < before)
    with writing() as unit:
        row = unit.scalar(query.with_for_update())
        if row is not None:
            unit.delete(row)
    return row
