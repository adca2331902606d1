"""Suspensions with a reason, accounts that wait for approval, a search for people, and invitations."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime
from musicapp.site.marking import folded

revision = "auth_0002"
down_revision = "auth_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("auth_user", sa.Column("suspended_for", sa.Text(), nullable=False, server_default=""))
    op.add_column("auth_user", sa.Column("waits_since", UtcDateTime(), nullable=True))
    op.add_column("auth_user", sa.Column("sought", sa.Text(), nullable=False, server_default=""))
    write_sought(op.get_bind())
    op.create_index("ix_auth_user_suspended_until", "auth_user", ["suspended_until"])
    op.create_index("ix_auth_user_waits_since", "auth_user", ["waits_since"])
    unconfirmed = sa.text("confirmed_at IS NULL")
    op.create_index(
        "ix_auth_user_unconfirmed", "auth_user", ["id"], sqlite_where=unconfirmed, postgresql_where=unconfirmed
    )
    create_invitations()


def write_sought(connection: sa.Connection) -> None:
    """What a search reads of the people who are there already."""
    people = sa.table("auth_user", sa.column("id"), sa.column("name"), sa.column("email"), sa.column("sought"))
    found = connection.execute(sa.select(people.c.id, people.c.name, people.c.email)).all()
    change = sa.update(people).where(people.c.id == sa.bindparam("row_id")).values(sought=sa.bindparam("words"))
    rows = [{"row_id": row.id, "words": folded(f"{row.name} {row.email}")} for row in found]
    if rows:
        connection.execute(change, rows)


def create_invitations() -> None:
    op.create_table(
        "auth_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stamp", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("used >= 0 AND used <= places", name="ck_auth_invitation_used"),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["auth_user.id"], name="fk_auth_invitation_made_by_id", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_auth_invitation"),
    )
    op.create_index("ix_auth_invitation_made_by_id", "auth_invitation", ["made_by_id"])
    op.create_index("ix_auth_invitation_expires_at", "auth_invitation", ["expires_at"])
    op.create_table(
        "auth_invitation_use",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["auth_user.id"], name="fk_auth_invitation_use_user_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"],
            ["auth_invitation.id"],
            name="fk_auth_invitation_use_invitation_id",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("user_id", name="pk_auth_invitation_use"),
    )
    op.create_index("ix_auth_invitation_use_invitation_id", "auth_invitation_use", ["invitation_id"])


def downgrade() -> None:
    op.drop_table("auth_invitation_use")
    op.drop_table("auth_invitation")
    for name in ("ix_auth_user_unconfirmed", "ix_auth_user_waits_since", "ix_auth_user_suspended_until"):
        op.drop_index(name, "auth_user")
    for column in ("sought", "waits_since", "suspended_for"):
        op.drop_column("auth_user", column)
