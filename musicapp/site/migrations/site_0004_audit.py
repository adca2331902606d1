"""Who did what to the site and its people; a row that is there can be neither changed nor deleted."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "site_0004"
down_revision = "site_0003"
branch_labels = None
depends_on = None

SENTENCE = "the audit log is only added to"


def upgrade() -> None:
    """The table and what keeps it as it is."""
    op.create_table(
        "site_act",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("about_kind", sa.String(length=30), nullable=False),
        sa.Column("about_id", sa.BigInteger(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_site_act"),
    )
    op.create_index("ix_site_act_about_kind_about_id_id", "site_act", ["about_kind", "about_id", "id"])
    op.create_index("ix_site_act_by_id_id", "site_act", ["by_id", "id"])
    op.create_index("ix_site_act_action_id", "site_act", ["action", "id"])
    op.create_index("ix_site_act_at", "site_act", ["at"])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER site_act_no_{change.lower()} BEFORE {change} ON site_act "
                f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION site_act_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SENTENCE}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER site_act_is_kept BEFORE UPDATE OR DELETE ON site_act "
        "FOR EACH ROW EXECUTE FUNCTION site_act_is_kept()"
    )


def downgrade() -> None:
    """Without them."""
    op.drop_table("site_act")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION site_act_is_kept()")
