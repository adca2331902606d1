"""Albums."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from plugins.catalog.models.folding import KEY

LISTED = sa.text("deleted_at IS NULL AND hidden_at IS NULL AND published_at IS NOT NULL")
DELETED = sa.text("deleted_at IS NOT NULL")


def listed(*columns: str) -> sa.Index:
    """An index of the albums that lists show, from the day of their publication on."""
    return sa.Index(None, *columns, sqlite_where=LISTED, postgresql_where=LISTED)


class Album(Model):
    """Songs that an artist put together.

    `published_at` is None for a draft and may lie ahead; `hidden_at` is set while moderators keep it from listeners,
    for itself (`flagged_at`) or with its artist; `deleted_at` is set from the deletion until the row is purged, and
    with it `removed_at` where moderators did it. `kind` is album, ep, single, compilation or live; `credits` and
    `tint_is_chosen` are as a song's.
    """

    __tablename__ = "catalog_album"
    __table_args__ = (
        sa.Index(None, "artist_id", "title_key"),
        sa.Index(None, "genre_id"),
        listed("published_at", "id", "year"),
        listed("title_key", "id", "year"),
        listed("plays", "id", "year"),
        listed("year", "id"),
        listed("year", "published_at", "id"),
        listed("artist_id", "published_at", "id"),
        listed("genre_id", "published_at", "id"),
        listed("genre_id", "title_key", "id"),
        listed("genre_id", "plays", "id"),
        listed("genre_id", "year", "id"),
        sa.Index(None, "deleted_at", sqlite_where=DELETED, postgresql_where=DELETED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id"))
    title: Mapped[str] = mapped_column(sa.String(200))
    title_key: Mapped[str] = mapped_column(KEY)
    kind: Mapped[str] = mapped_column(sa.String(12), default="album")
    genre_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_genre.id", ondelete="SET NULL"))
    year: Mapped[int | None]
    released_on: Mapped[date | None]
    description: Mapped[str] = mapped_column(sa.Text, default="")
    credits: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_cover.id"), index=True)
    tint: Mapped[str] = mapped_column(sa.String(4), default="grey")
    tint_is_chosen: Mapped[bool] = mapped_column(default=False)
    loudness_lufs: Mapped[float | None]
    plays: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    flagged_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=now)

    __mapper_args__ = {"version_id_col": version}
