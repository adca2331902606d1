"""Sums of the ledger by artist and day, and the days that are still to be counted: all of them, at first."""

import sqlalchemy as sa
from alembic import op

from musicapp.clock import now
from musicapp.database import UtcDateTime

revision = "catalog_0005"
down_revision = "catalog_0004"
branch_labels = None
depends_on = None

WAITING = sa.table(
    "catalog_waiting_day",
    sa.column("artist_id", sa.Integer()),
    sa.column("day", sa.Date()),
    sa.column("since", UtcDateTime()),
)
SONG = sa.table("catalog_song", sa.column("id", sa.Integer()), sa.column("artist_id", sa.Integer()))
SONG_DAY = sa.table("catalog_song_day", sa.column("song_id", sa.Integer()), sa.column("day", sa.Date()))


def upgrade() -> None:
    op.add_column("catalog_song_day", sa.Column("completed", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "catalog_waiting_day",
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_waiting_day_artist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "day", name="pk_catalog_waiting_day"),
    )
    op.create_table(
        "catalog_artist_day",
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("plays", sa.Integer(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_artist_day_artist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "day", name="pk_catalog_artist_day"),
    )
    op.create_table(
        "catalog_artist_listener",
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("listener_key", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_artist_listener_artist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "day", "listener_key", name="pk_catalog_artist_listener"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_catalog_artist_listener_artist_id_listener_key_day",
        "catalog_artist_listener",
        ["artist_id", "listener_key", "day"],
    )
    op.create_table(
        "catalog_artist_span",
        sa.Column("artist_id", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["catalog_artist.id"], name="fk_catalog_artist_span_artist_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("artist_id", "days", name="pk_catalog_artist_span"),
    )
    op.create_index("ix_catalog_artist_span_last_on", "catalog_artist_span", ["last_on"])
    op.get_bind().execute(sa.insert(WAITING).from_select(["artist_id", "day", "since"], heard_days()))


def heard_days() -> sa.Select[tuple[int, object, object]]:
    """Every day on which a song of an artist was heard."""
    since = sa.literal(now(), UtcDateTime())
    return sa.select(SONG.c.artist_id, SONG_DAY.c.day, since).join(SONG, SONG.c.id == SONG_DAY.c.song_id).distinct()
