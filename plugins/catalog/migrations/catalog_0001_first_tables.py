"""first tables."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "catalog_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalog_cover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("key_96", sa.String(length=120), nullable=False),
        sa.Column("key_300", sa.String(length=120), nullable=False),
        sa.Column("key_600", sa.String(length=120), nullable=False),
        sa.Column("tint", sa.String(length=4), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_cover")),
        sa.UniqueConstraint("source_sha256", name=op.f("uq_catalog_cover_source_sha256")),
    )
    op.create_table(
        "catalog_genre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_genre")),
        sa.UniqueConstraint("name_key", name=op.f("uq_catalog_genre_name_key")),
    )
    op.create_table(
        "catalog_artist",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column(
            "name_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("tint", sa.String(length=4), nullable=False),
        sa.Column("founder_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cover_id"], ["catalog_cover.id"], name=op.f("fk_catalog_artist_cover_id")),
        sa.ForeignKeyConstraint(
            ["founder_id"], ["auth_user.id"], name=op.f("fk_catalog_artist_founder_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_artist")),
        sa.UniqueConstraint("founder_id", name=op.f("uq_catalog_artist_founder_id")),
    )
    with op.batch_alter_table("catalog_artist", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_artist_name_key_id"), ["name_key", "id"], unique=False)

    op.create_table(
        "catalog_album",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "title_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("genre_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("tint", sa.String(length=4), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["artist_id"], ["catalog_artist.id"], name=op.f("fk_catalog_album_artist_id")),
        sa.ForeignKeyConstraint(["cover_id"], ["catalog_cover.id"], name=op.f("fk_catalog_album_cover_id")),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["catalog_genre.id"], name=op.f("fk_catalog_album_genre_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_album")),
    )
    with op.batch_alter_table("catalog_album", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalog_album_artist_id_published_at"), ["artist_id", "published_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_catalog_album_artist_id_title_key"), ["artist_id", "title_key"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalog_album_deleted_at"), ["deleted_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_catalog_album_genre_id_published_at"), ["genre_id", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalog_album_published_at_id"), ["published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_album_title_key_id"), ["title_key", "id"], unique=False)

    op.create_table(
        "catalog_artist_member",
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name=op.f("fk_catalog_artist_member_artist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name=op.f("fk_catalog_artist_member_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "user_id", name=op.f("pk_catalog_artist_member")),
    )
    with op.batch_alter_table("catalog_artist_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_artist_member_user_id"), ["user_id"], unique=False)

    op.create_table(
        "catalog_song",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("album_id", sa.Integer(), nullable=True),
        sa.Column("genre_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "title_key",
            sa.String(length=300).with_variant(sa.String(length=300, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("track_no", sa.Integer(), nullable=True),
        sa.Column("disc_no", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("lyrics", sa.Text(), nullable=False),
        sa.Column("licence", sa.String(length=200), nullable=False),
        sa.Column("explicit", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("audio_key", sa.String(length=120), nullable=True),
        sa.Column("audio_mime", sa.String(length=40), nullable=False),
        sa.Column("audio_bytes", sa.BigInteger(), nullable=False),
        sa.Column("audio_sha256", sa.String(length=64), nullable=False),
        sa.Column("duration_s", sa.Double(), nullable=True),
        sa.Column("cover_id", sa.Integer(), nullable=True),
        sa.Column("tint", sa.String(length=4), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.Column("hidden_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["album_id"], ["catalog_album.id"], name=op.f("fk_catalog_song_album_id")),
        sa.ForeignKeyConstraint(["artist_id"], ["catalog_artist.id"], name=op.f("fk_catalog_song_artist_id")),
        sa.ForeignKeyConstraint(["cover_id"], ["catalog_cover.id"], name=op.f("fk_catalog_song_cover_id")),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["catalog_genre.id"], name=op.f("fk_catalog_song_genre_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["auth_user.id"], name=op.f("fk_catalog_song_uploaded_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_song")),
    )
    with op.batch_alter_table("catalog_song", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalog_song_album_id_disc_no_track_no_id"),
            ["album_id", "disc_no", "track_no", "id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_catalog_song_artist_id_published_at"), ["artist_id", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalog_song_deleted_at"), ["deleted_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_catalog_song_genre_id_published_at"), ["genre_id", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalog_song_plays_id"), ["plays", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_song_published_at_id"), ["published_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_song_title_key_id"), ["title_key", "id"], unique=False)
        batch_op.create_index(
            "uq_catalog_song_sound",
            ["artist_id", "audio_sha256"],
            unique=True,
            sqlite_where=sa.text("deleted_at IS NULL AND state <> 'unreadable'"),
            postgresql_where=sa.text("deleted_at IS NULL AND state <> 'unreadable'"),
        )

    op.create_table(
        "catalog_play",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("listener_key", sa.String(length=40), nullable=False),
        sa.Column("listener_id", sa.Integer(), nullable=True),
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("heard_ms", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listener_id"], ["auth_user.id"], name=op.f("fk_catalog_play_listener_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_play_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_play")),
        sa.UniqueConstraint(
            "listener_key", "started_at", "song_id", name=op.f("uq_catalog_play_listener_key_started_at_song_id")
        ),
    )
    with op.batch_alter_table("catalog_play", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_catalog_play_listener_id_started_at"), ["listener_id", "started_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_catalog_play_song_id_started_at"), ["song_id", "started_at"], unique=False)

    op.create_table(
        "catalog_song_day",
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_song_day_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", "day", name=op.f("pk_catalog_song_day")),
    )
    with op.batch_alter_table("catalog_song_day", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_song_day_day"), ["day"], unique=False)

    op.create_table(
        "catalog_song_peaks",
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_song_peaks_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", name=op.f("pk_catalog_song_peaks")),
    )


def downgrade() -> None:
    op.drop_table("catalog_song_peaks")
    with op.batch_alter_table("catalog_song_day", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_song_day_day"))

    op.drop_table("catalog_song_day")
    with op.batch_alter_table("catalog_play", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_play_song_id_started_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_play_listener_id_started_at"))

    op.drop_table("catalog_play")
    with op.batch_alter_table("catalog_song", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_catalog_song_sound",
            sqlite_where=sa.text("deleted_at IS NULL AND state <> 'unreadable'"),
            postgresql_where=sa.text("deleted_at IS NULL AND state <> 'unreadable'"),
        )
        batch_op.drop_index(batch_op.f("ix_catalog_song_title_key_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_published_at_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_plays_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_genre_id_published_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_deleted_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_artist_id_published_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_song_album_id_disc_no_track_no_id"))

    op.drop_table("catalog_song")
    with op.batch_alter_table("catalog_artist_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_artist_member_user_id"))

    op.drop_table("catalog_artist_member")
    with op.batch_alter_table("catalog_album", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_album_title_key_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_album_published_at_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_album_genre_id_published_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_album_deleted_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_album_artist_id_title_key"))
        batch_op.drop_index(batch_op.f("ix_catalog_album_artist_id_published_at"))

    op.drop_table("catalog_album")
    with op.batch_alter_table("catalog_artist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_artist_name_key_id"))

    op.drop_table("catalog_artist")
    op.drop_table("catalog_genre")
    op.drop_table("catalog_cover")
