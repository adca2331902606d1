"""Studio, versions of sounds, uploads in pieces, folders, player."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "catalog_0002"
down_revision = "catalog_0001"
branch_labels = None
depends_on = None

LISTED_ALBUMS = "deleted_at IS NULL AND hidden_at IS NULL AND published_at IS NOT NULL"
LISTED_SONGS = f"{LISTED_ALBUMS} AND state = 'ready'"
DELETED = "deleted_at IS NOT NULL"
SINGLES = f"{LISTED_SONGS} AND album_id IS NULL"
OLD_INDEXES = {
    "catalog_album": (
        ("title_key", "id"),
        ("published_at", "id"),
        ("artist_id", "published_at"),
        ("genre_id", "published_at"),
        ("deleted_at",),
    ),
    "catalog_song": (
        ("title_key", "id"),
        ("published_at", "id"),
        ("plays", "id"),
        ("artist_id", "published_at"),
        ("genre_id", "published_at"),
        ("deleted_at",),
    ),
}
WHOLE_INDEXES = {"catalog_album": (("genre_id",),), "catalog_song": (("artist_id", "id"), ("genre_id",))}
# Of what lists show only: so they stay small, and each sorts and narrows one list without reading a row.
LISTED_INDEXES = {
    "catalog_album": (
        ("published_at", "id", "year"),
        ("title_key", "id", "year"),
        ("plays", "id", "year"),
        ("year", "id"),
        ("year", "published_at", "id"),
        ("artist_id", "published_at", "id"),
        ("genre_id", "published_at", "id"),
        ("genre_id", "title_key", "id"),
        ("genre_id", "plays", "id"),
        ("genre_id", "year", "id"),
    ),
    "catalog_song": (
        ("published_at", "id", "year"),
        ("title_key", "id", "year"),
        ("plays", "id", "year"),
        ("year", "id"),
        ("year", "published_at", "id"),
        ("year", "plays", "id"),
        ("artist_id", "published_at", "id"),
        ("artist_id", "plays", "id"),
        ("genre_id", "artist_id", "published_at"),
        ("genre_id", "published_at", "id"),
        ("genre_id", "title_key", "id"),
        ("genre_id", "plays", "id"),
        ("genre_id", "year", "id"),
        ("album_id", "published_at", "duration_s"),
    ),
}


def index_name(table: str, columns: tuple[str, ...]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"


def upgrade() -> None:
    op.create_table(
        "catalog_player_state",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("song_ids", sa.JSON(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("position_s", sa.Double(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("repeat", sa.String(length=4), nullable=False),
        sa.Column("shuffled", sa.Boolean(), nullable=False),
        sa.Column("device", sa.String(length=40), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name=op.f("fk_catalog_player_state_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_catalog_player_state")),
    )
    op.create_table(
        "catalog_artist_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.String(length=64), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["artist_id"],
            ["catalog_artist.id"],
            name=op.f("fk_catalog_artist_invitation_artist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["auth_user.id"], name=op.f("fk_catalog_artist_invitation_invited_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["used_by"], ["auth_user.id"], name=op.f("fk_catalog_artist_invitation_used_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_artist_invitation")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_catalog_artist_invitation_secret_sha256")),
    )
    with op.batch_alter_table("catalog_artist_invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_artist_invitation_artist_id"), ["artist_id"], unique=False)

    op.create_table(
        "catalog_folder_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("head_sha256", sa.String(length=64), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=True),
        sa.Column("words_sha256", sa.String(length=64), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("vanished_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_folder_file_song_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_folder_file")),
        sa.UniqueConstraint("path", name=op.f("uq_catalog_folder_file_path")),
    )
    with op.batch_alter_table("catalog_folder_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_folder_file_head_sha256"), ["head_sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_folder_file_song_id"), ["song_id"], unique=False)

    op.create_table(
        "catalog_folder_look",
        sa.Column("path", sa.LargeBinary(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_catalog_folder_look")),
    )
    op.create_table(
        "catalog_partial_upload",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("received_bytes", sa.BigInteger(), nullable=False),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column("song_id", sa.Integer(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("touched_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name=op.f("fk_catalog_partial_upload_artist_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_partial_upload_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name=op.f("fk_catalog_partial_upload_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_partial_upload")),
    )
    with op.batch_alter_table("catalog_partial_upload", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_catalog_partial_upload_artist_id"), ["artist_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_partial_upload_touched_at"), ["touched_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_catalog_partial_upload_user_id"), ["user_id"], unique=False)

    op.create_table(
        "catalog_song_version",
        sa.Column("song_id", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(length=8), nullable=False),
        sa.Column("bitrate_kbps", sa.Integer(), nullable=False),
        sa.Column("audio_key", sa.String(length=120), nullable=False),
        sa.Column("audio_mime", sa.String(length=40), nullable=False),
        sa.Column("audio_bytes", sa.BigInteger(), nullable=False),
        sa.Column("audio_sha256", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["catalog_song.id"], name=op.f("fk_catalog_song_version_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", "format", name=op.f("pk_catalog_song_version")),
    )
    with op.batch_alter_table("catalog_album", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=12), nullable=False, server_default="album"))
        batch_op.add_column(sa.Column("credits", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("tint_is_chosen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("loudness_lufs", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("plays", sa.Integer(), nullable=False, server_default="0"))

    with op.batch_alter_table("catalog_artist", schema=None) as batch_op:
        batch_op.add_column(sa.Column("links", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("tint_is_chosen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("plays", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_catalog_artist_plays_id"), ["plays", "id"], unique=False)

    with op.batch_alter_table("catalog_song", schema=None) as batch_op:
        batch_op.add_column(sa.Column("description", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("credits", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("released_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("rights_confirmed_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("sound_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("bitrate_kbps", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("sample_rate_hz", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("channels", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("loudness_lufs", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("true_peak_dbtp", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("tint_is_chosen", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_catalog_song_sound_sha256"), ["sound_sha256"], unique=False)

    for table, of_columns in OLD_INDEXES.items():
        for columns in of_columns:
            op.drop_index(index_name(table, columns), table_name=table)
    for table, of_columns in WHOLE_INDEXES.items():
        for columns in of_columns:
            op.create_index(index_name(table, columns), table, list(columns))
    for table, listed in (("catalog_album", LISTED_ALBUMS), ("catalog_song", LISTED_SONGS)):
        where = {"sqlite_where": sa.text(listed), "postgresql_where": sa.text(listed)}
        for columns in LISTED_INDEXES[table]:
            op.create_index(index_name(table, columns), table, list(columns), **where)
    of_deleted = {"sqlite_where": sa.text(DELETED), "postgresql_where": sa.text(DELETED)}
    for table in OLD_INDEXES:
        op.create_index(f"ix_{table}_deleted_at", table, ["deleted_at"], **of_deleted)
    of_singles = {"sqlite_where": sa.text(SINGLES), "postgresql_where": sa.text(SINGLES)}
    op.create_index("ix_catalog_song_singles", "catalog_song", ["published_at", "id"], **of_singles)

    for owner in ("album", "artist"):
        plays = f"SELECT coalesce(sum(plays), 0) FROM catalog_song WHERE {owner}_id = catalog_{owner}.id"
        op.execute(f"UPDATE catalog_{owner} SET plays = ({plays})")


def downgrade() -> None:
    op.drop_index("ix_catalog_song_singles", table_name="catalog_song")
    for table in OLD_INDEXES:
        op.drop_index(f"ix_{table}_deleted_at", table_name=table)
    for indexes in (LISTED_INDEXES, WHOLE_INDEXES):
        for table, of_columns in indexes.items():
            for columns in of_columns:
                op.drop_index(index_name(table, columns), table_name=table)
    for table, of_columns in OLD_INDEXES.items():
        for columns in of_columns:
            op.create_index(index_name(table, columns), table, list(columns))

    with op.batch_alter_table("catalog_song", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_song_sound_sha256"))
        batch_op.drop_column("tint_is_chosen")
        batch_op.drop_column("true_peak_dbtp")
        batch_op.drop_column("loudness_lufs")
        batch_op.drop_column("channels")
        batch_op.drop_column("sample_rate_hz")
        batch_op.drop_column("bitrate_kbps")
        batch_op.drop_column("sound_sha256")
        batch_op.drop_column("rights_confirmed_at")
        batch_op.drop_column("released_on")
        batch_op.drop_column("credits")
        batch_op.drop_column("description")

    with op.batch_alter_table("catalog_artist", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_artist_plays_id"))
        batch_op.drop_column("plays")
        batch_op.drop_column("tint_is_chosen")
        batch_op.drop_column("links")

    with op.batch_alter_table("catalog_album", schema=None) as batch_op:
        batch_op.drop_column("plays")
        batch_op.drop_column("loudness_lufs")
        batch_op.drop_column("tint_is_chosen")
        batch_op.drop_column("credits")
        batch_op.drop_column("kind")

    op.drop_table("catalog_song_version")
    with op.batch_alter_table("catalog_partial_upload", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_partial_upload_user_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_partial_upload_touched_at"))
        batch_op.drop_index(batch_op.f("ix_catalog_partial_upload_artist_id"))

    op.drop_table("catalog_partial_upload")
    with op.batch_alter_table("catalog_folder_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_folder_file_song_id"))
        batch_op.drop_index(batch_op.f("ix_catalog_folder_file_head_sha256"))

    op.drop_table("catalog_folder_look")
    op.drop_table("catalog_folder_file")
    with op.batch_alter_table("catalog_artist_invitation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_catalog_artist_invitation_artist_id"))

    op.drop_table("catalog_artist_invitation")
    op.drop_table("catalog_player_state")
