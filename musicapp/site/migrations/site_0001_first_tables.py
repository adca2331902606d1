"""first tables."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "site_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "site_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=True),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("long", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("token", sa.Integer(), nullable=False),
        sa.Column("run_after", UtcDateTime(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=True),
        sa.Column("rows_total", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_job")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_site_job_kind_key")),
    )
    with op.batch_alter_table("site_job", schema=None) as batch_op:
        batch_op.create_index("ix_site_job_due", ["state", "run_after"], unique=False)
        batch_op.create_index("ix_site_job_lease", ["state", "lease_until"], unique=False)

    op.create_table(
        "site_kept_answer",
        sa.Column("caller", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name=op.f("pk_site_kept_answer")),
    )
    with op.batch_alter_table("site_kept_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_kept_answer_created_at"), ["created_at"], unique=False)

    op.create_table(
        "site_scheduled_run",
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("job_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("kind", "period", name=op.f("pk_site_scheduled_run")),
    )
    with op.batch_alter_table("site_scheduled_run", schema=None) as batch_op:
        batch_op.create_index("ix_site_scheduled_run_due", ["kind", "due_at"], unique=False)

    op.create_table(
        "site_setting",
        sa.Column("plugin", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("plugin", "name", name=op.f("pk_site_setting")),
    )
    op.create_table(
        "site_sweep",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("swept_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site_sweep")),
    )


def downgrade() -> None:
    op.drop_table("site_sweep")
    op.drop_table("site_setting")
    with op.batch_alter_table("site_scheduled_run", schema=None) as batch_op:
        batch_op.drop_index("ix_site_scheduled_run_due")

    op.drop_table("site_scheduled_run")
    with op.batch_alter_table("site_kept_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_kept_answer_created_at"))

    op.drop_table("site_kept_answer")
    with op.batch_alter_table("site_job", schema=None) as batch_op:
        batch_op.drop_index("ix_site_job_lease")
        batch_op.drop_index("ix_site_job_due")

    op.drop_table("site_job")
