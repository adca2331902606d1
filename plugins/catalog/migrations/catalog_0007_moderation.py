"""What moderators hide, remove and mark, and who said that music may be published."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime
from plugins.catalog.models.search_index import index_apart

revision = "catalog_0007"
down_revision = "catalog_0006"
branch_labels = None
depends_on = None

MOMENTS = {
    "catalog_song": ("flagged_at", "removed_at"),
    "catalog_album": ("flagged_at", "removed_at"),
    "catalog_artist": ("hidden_at",),
    "catalog_comment": ("removed_at",),
}


def upgrade() -> None:
    for table, names in MOMENTS.items():
        for name in names:
            op.add_column(table, sa.Column(name, UtcDateTime(), nullable=True))
    op.add_column("catalog_song", sa.Column("explicit_said", sa.Boolean(), nullable=True))
    op.add_column("catalog_song", sa.Column("rights_words", sa.Integer(), nullable=True))
    with index_apart(op.get_bind()), op.batch_alter_table("catalog_song") as song:
        song.add_column(sa.Column("rights_confirmed_by", sa.Integer(), nullable=True))
        song.create_foreign_key(
            "fk_catalog_song_rights_confirmed_by", "auth_user", ["rights_confirmed_by"], ["id"], ondelete="SET NULL"
        )
    for table in ("catalog_song", "catalog_album"):
        rows = sa.table(table, sa.column("hidden_at"), sa.column("flagged_at"))
        hidden = rows.c.hidden_at.is_not(None)
        op.execute(sa.update(rows).where(hidden).values(flagged_at=rows.c.hidden_at))
