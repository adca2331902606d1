"""Pictures of music, in the sizes that pages show."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.storage.keys import StoredKey


class Cover(Model):
    """One picture in three sizes, made once however many songs carry it; it never changes."""

    __tablename__ = "catalog_cover"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    key_96: Mapped[str] = mapped_column(StoredKey())
    key_300: Mapped[str] = mapped_column(StoredKey())
    key_600: Mapped[str] = mapped_column(StoredKey())
    tint: Mapped[str] = mapped_column(sa.String(4))
    created_at: Mapped[datetime] = mapped_column(default=now)
