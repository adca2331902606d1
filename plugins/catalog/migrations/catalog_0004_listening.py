"""Ratings, favourites, follows, comments, sums by listener, songs that go together, share links."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "catalog_0004"
down_revision = "catalog_0003"
branch_labels = None
depends_on = None


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
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["auth_user.id"], name="fk_catalog_comment_author_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["catalog_comment.id"], name="fk_catalog_comment_parent_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_catalog_comment"),
    )
    op.create_index("ix_catalog_comment_author_id_id", "catalog_comment", ["author_id", "id"])
    op.create_index("ix_catalog_comment_parent_id", "catalog_comment", ["parent_id"])
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
