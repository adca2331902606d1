"""Artists, and the people who publish as them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from plugins.catalog.models.folding import KEY


class Artist(Model):
    """Who publishes: a person, a band, a choir. `founder_id` is whose first profile it is, so that nobody gets two.

    `links` is a list of `{"label", "url"}`; `tint_is_chosen` is as a song's. `hidden_at` is set while moderators keep
    them and all their music from listeners.
    """

    __tablename__ = "catalog_artist"
    __table_args__ = (sa.Index(None, "name_key", "id"), sa.Index(None, "plays", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    name_key: Mapped[str] = mapped_column(KEY)
    bio: Mapped[str] = mapped_column(sa.Text, default="")
    links: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    cover_id: Mapped[int | None] = mapped_column(sa.ForeignKey("catalog_cover.id"), index=True)
    tint: Mapped[str] = mapped_column(sa.String(4), default="grey")
    tint_is_chosen: Mapped[bool] = mapped_column(default=False)
    plays: Mapped[int] = mapped_column(default=0)
    founder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"), unique=True)
    hidden_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class ArtistMember(Model):
    """An account that may publish as an artist; both have any number of the other."""

    __tablename__ = "catalog_artist_member"

    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    joined_at: Mapped[datetime] = mapped_column(default=now)


class ArtistInvitation(Model):
    """A link by which one more account may join an artist, once. Only the hash of its secret is kept."""

    __tablename__ = "catalog_artist_invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    artist_id: Mapped[int] = mapped_column(sa.ForeignKey("catalog_artist.id", ondelete="CASCADE"), index=True)
    secret_sha256: Mapped[str] = mapped_column(sa.String(64), unique=True)
    invited_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    used_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
