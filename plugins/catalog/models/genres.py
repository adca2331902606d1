"""Genres."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model
from plugins.catalog.models.folding import KEY


class Genre(Model):
    """A kind of music; two whose names fold to the same key are one."""

    __tablename__ = "catalog_genre"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(80))
    name_key: Mapped[str] = mapped_column(KEY, unique=True)
