"""Covers by themselves, for other plugins whose things wear one that `keep_cover` kept; they say who may see it."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Cover
from plugins.catalog.services.covers import NO_COVER, Size, key_of


def cover_by_id(cover_id: int, size: Size) -> tuple[str, str]:
    """Storage key and ETag of a kept cover; raises NotFound."""
    key = session().scalar(sa.select(key_of(size)).where(Cover.id == cover_id))
    if key is None:
        raise NotFound(NO_COVER)
    return key, f"cover-{cover_id}-{size}"
