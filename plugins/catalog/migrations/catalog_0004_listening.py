"""Ratings, favourites, follows, comments, sums by listener, songs that go together, share links."""

from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime
from musicapp.site.stored_settings import SiteSettings, from_environment

revision = "catalog_0004"
down_revision = "catalog_0003"
branch_labels = None
depends_on = None

BATCH = 5_000
PLAY = sa.table(
    "catalog_play",
    sa.column("id", sa.BigInteger()),
    sa.column("listener_id", sa.Integer()),
    sa.column("song_id", sa.Integer()),
    sa.column("started_at", UtcDateTime()),
    sa.column("heard_ms", sa.Integer()),
    sa.column("counted", sa.Boolean()),
    sa.column("day", sa.Date()),
    sa.column("hour", sa.Integer()),
)
HOUR = sa.table(
    "catalog_listener_hour",
    *(sa.column(name, sa.Integer()) for name in ("user_id", "hour", "song_id", "plays")),
    sa.column("day", sa.Date()),
    sa.column("heard_ms", sa.BigInteger()),
)
SETTING = sa.table("site_setting", sa.column("plugin"), sa.column("name"), sa.column("value", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "catalog_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at_s", sa.Double(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["auth_user.id"], name="fk_catalog_comment_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["deleted_by_id"], ["auth_user.id"], name="fk_catalog_comment_deleted_by_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["catalog_comment.id"], name="fk_catalog_comment_parent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_comment"),
    )
    op.create_index("ix_catalog_comment_author_id_id", "catalog_comment", ["author_id", "id"])
    op.create_index("ix_catalog_comment_deleted_at", "catalog_comment", ["deleted_at"])
    op.create_index("ix_catalog_comment_parent_id", "catalog_comment", ["parent_id"])
    op.create_index(
        "ix_catalog_comment_subject_kind_subject_id_at_s_id",
        "catalog_comment",
        ["subject_kind", "subject_id", "at_s", "id"],
    )
    op.create_index(
        "ix_catalog_comment_subject_kind_subject_id_parent_id_id",
        "catalog_comment",
        ["subject_kind", "subject_id", "parent_id", "id"],
    )

    op.create_table(
        "catalog_listener",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("keeps_history", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_catalog_listener_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", name="pk_catalog_listener"),
    )
    op.create_table(
        "catalog_share_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=16), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("opened_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"], ["auth_user.id"], name="fk_catalog_share_link_created_by", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_share_link"),
        sa.UniqueConstraint("secret_sha256", name="uq_catalog_share_link_secret_sha256"),
    )
    op.create_index("ix_catalog_share_link_created_by", "catalog_share_link", ["created_by"])
    op.create_index(
        "ix_catalog_share_link_subject_kind_subject_id", "catalog_share_link", ["subject_kind", "subject_id"]
    )

    op.create_table(
        "catalog_favourite_artist",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_favourite_artist_artist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_catalog_favourite_artist_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "artist_id", name="pk_catalog_favourite_artist"),
    )
    op.create_index("ix_catalog_favourite_artist_artist_id", "catalog_favourite_artist", ["artist_id"])
    op.create_index(
        "ix_catalog_favourite_artist_user_id_added_at_artist_id",
        "catalog_favourite_artist",
        ["user_id", "added_at", "artist_id"],
    )

    op.create_table(
        "catalog_follow",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_follow_artist_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_catalog_follow_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "artist_id", name="pk_catalog_follow"),
    )
    op.create_index("ix_catalog_follow_artist_id", "catalog_follow", ["artist_id"])
    op.create_index("ix_catalog_follow_user_id_since_artist_id", "catalog_follow", ["user_id", "since", "artist_id"])

    op.create_table(
        "catalog_mention",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["catalog_comment.id"], name="fk_catalog_mention_comment_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_catalog_mention_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("comment_id", "user_id", name="pk_catalog_mention"),
    )
    op.create_index("ix_catalog_mention_user_id", "catalog_mention", ["user_id"])

    op.create_table(
        "catalog_favourite_album",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("album_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["catalog_album.id"], name="fk_catalog_favourite_album_album_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_catalog_favourite_album_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "album_id", name="pk_catalog_favourite_album"),
    )
    op.create_index("ix_catalog_favourite_album_album_id", "catalog_favourite_album", ["album_id"])
    op.create_index(
        "ix_catalog_favourite_album_user_id_added_at_album_id",
        "catalog_favourite_album",
        ["user_id", "added_at", "album_id"],
    )

    op.create_table(
        "catalog_favourite_song",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name="fk_catalog_favourite_song_song_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_catalog_favourite_song_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "song_id", name="pk_catalog_favourite_song"),
    )
    op.create_index("ix_catalog_favourite_song_song_id", "catalog_favourite_song", ["song_id"])
    op.create_index(
        "ix_catalog_favourite_song_user_id_added_at_song_id",
        "catalog_favourite_song",
        ["user_id", "added_at", "song_id"],
    )

    op.create_table(
        "catalog_listener_hour",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name="fk_catalog_listener_hour_song_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_catalog_listener_hour_user_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "day", "hour", "song_id", name="pk_catalog_listener_hour"),
    )
    op.create_index("ix_catalog_listener_hour_song_id", "catalog_listener_hour", ["song_id"])

    op.create_table(
        "catalog_nameless_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("secret", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_catalog_nameless_day"),
    )
    op.add_column("catalog_play", sa.Column("day", sa.Date(), nullable=True))
    op.add_column("catalog_play", sa.Column("hour", sa.Integer(), nullable=True))
    op.create_index(
        "ix_catalog_play_listener_id_song_id_started_at", "catalog_play", ["listener_id", "song_id", "started_at"]
    )
    sum_up_plays(op.get_bind())

    op.create_table(
        "catalog_near_song",
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["other_id"], ["catalog_song.id"], name="fk_catalog_near_song_other_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name="fk_catalog_near_song_song_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", "other_id", name="pk_catalog_near_song"),
    )
    op.create_index("ix_catalog_near_song_other_id", "catalog_near_song", ["other_id"])
    op.create_index("ix_catalog_near_song_song_id_score", "catalog_near_song", ["song_id", "score"])

    op.create_table(
        "catalog_rating",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("rated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 1 AND 5", name="ck_catalog_rating_stars"),
        sa.ForeignKeyConstraint(["song_id"], ["catalog_song.id"], name="fk_catalog_rating_song_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["user_id"], ["auth_user.id"], name="fk_catalog_rating_user_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "song_id", name="pk_catalog_rating"),
    )
    op.create_index("ix_catalog_rating_song_id", "catalog_rating", ["song_id"])

    op.add_column("catalog_song", sa.Column("ratings_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("catalog_song", sa.Column("ratings_sum", sa.Integer(), nullable=False, server_default="0"))


def sum_up_plays(connection: sa.Connection) -> None:
    """Give every play of a listener its day and hour, and each listener the sums of these."""
    zone = ZoneInfo(time_zone(connection))
    placed = sa.update(PLAY).where(PLAY.c.id == sa.bindparam("play_id"))
    placed = placed.values(day=sa.bindparam("on"), hour=sa.bindparam("at"))
    last = 0
    while rows := connection.execute(batch_behind(last)).all():
        moments = [(row.id, row.started_at.astimezone(zone)) for row in rows]
        connection.execute(placed, [{"play_id": row_id, "on": at.date(), "at": at.hour} for row_id, at in moments])
        last = rows[-1].id
    place = (PLAY.c.listener_id, PLAY.c.day, PLAY.c.hour, PLAY.c.song_id)
    plays, heard_ms = sa.func.sum(sa.case((PLAY.c.counted, 1), else_=0)), sa.func.sum(PLAY.c.heard_ms)
    sums = sa.select(*place, plays, heard_ms).where(PLAY.c.listener_id.is_not(None)).group_by(*place)
    connection.execute(sa.insert(HOUR).from_select(["user_id", "day", "hour", "song_id", "plays", "heard_ms"], sums))


def batch_behind(play_id: int) -> sa.Select[Any]:
    """The next plays that belong to a listener."""
    wanted = (PLAY.c.listener_id.is_not(None), PLAY.c.id > play_id)
    return sa.select(PLAY).where(*wanted).order_by(PLAY.c.id).limit(BATCH)


def time_zone(connection: sa.Connection) -> str:
    """The time zone of the site, as its environment or its owner set it."""
    given: str | None = from_environment("site", SiteSettings).get("time_zone")
    query = sa.select(SETTING.c.value).where(SETTING.c.plugin == "site", SETTING.c.name == "time_zone")
    return given or connection.execute(query).scalar() or "UTC"
