"""Cases, reports, decisions and appeals."""

import sqlalchemy as sa
from alembic import op

from musicapp.database import UtcDateTime

revision = "moderation_0001"
down_revision = None
branch_labels = None
depends_on = None

CANNED = (
    ("Not against the rules", "dismiss", "We looked at it and found nothing that is against the rules of this site."),
    ("A matter of taste", "dismiss", "Tastes differ. What is reported here is not against the rules of this site."),
    (
        "Rights not shown",
        "flag",
        "Somebody says that this is theirs. Until you show that you may publish it, it is hidden. "
        "Send us the agreement or the licence with an appeal.",
    ),
    (
        "Somebody else's work",
        "remove",
        "This was made by somebody else, and we know of nothing that lets you publish it.",
    ),
    (
        "Explicit without a label",
        "label",
        "The words are explicit, and it was not marked so. We added the label; please set it yourself next time.",
    ),
    ("Wrong details", "warn", "Some of what is written about this is wrong. Please correct it within a week."),
    (
        "Broken file",
        "flag",
        "The sound breaks off or cannot be heard. It is hidden until you upload it again.",
    ),
    ("Hateful", "remove", "It attacks people for what they are. There is no room for that here."),
    ("Advertising", "remove", "It advertises, and has nothing to do with the music here."),
    (
        "Again after a warning",
        "suspend",
        "You were warned of this before, and it happened again. Your account rests for a while.",
    ),
    ("Corrected since", "restore", "What was wrong has been put right. Thank you."),
)


def id_column() -> "sa.Column[int]":
    return sa.Column("id", sa.Integer(), nullable=False)


def to_person(table: str, column: str, ondelete: str = "SET NULL") -> sa.ForeignKeyConstraint:
    """A reference to somebody, named as the models name it."""
    return sa.ForeignKeyConstraint([column], ["auth_user.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def to_own(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    """A reference to another table of moderation."""
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=f"fk_{table}_{column}", ondelete=ondelete)


def upgrade() -> None:
    """All tables, and reasons to begin with."""
    create_cases()
    create_decisions()
    create_reports()
    create_aids()


def create_cases() -> None:
    op.create_table(
        "moderation_case",
        id_column(),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("in_force", sa.JSON(), nullable=False),
        sa.Column("category", sa.String(length=8), nullable=False),
        sa.Column("reports_count", sa.Integer(), nullable=False),
        sa.Column("reach", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("waiting_since", UtcDateTime(), nullable=True),
        sa.Column("taken_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        to_person("moderation_case", "taken_by"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_case"),
        sa.UniqueConstraint("kind", "subject_id", name="uq_moderation_case_kind_subject_id"),
    )
    for columns in (["state", "weight", "id"], ["waiting_since", "id"], ["opened_at"], ["taken_by"]):
        op.create_index(f"ix_moderation_case_{'_'.join(columns)}", "moderation_case", columns)
    op.create_table(
        "moderation_case_owner",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        to_own("moderation_case_owner", "case_id", "moderation_case"),
        to_person("moderation_case_owner", "person_id", "CASCADE"),
        sa.PrimaryKeyConstraint("case_id", "person_id", name="pk_moderation_case_owner"),
    )
    op.create_index("ix_moderation_case_owner_person_id", "moderation_case_owner", ["person_id"])


def create_decisions() -> None:
    op.create_table(
        "moderation_decision",
        id_column(),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=8), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("nobody_else", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_reason", sa.Text(), nullable=False),
        to_own("moderation_decision", "case_id", "moderation_case"),
        to_person("moderation_decision", "decided_by"),
        to_person("moderation_decision", "undone_by"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_decision"),
    )
    for columns in (["case_id", "id"], ["decided_by"], ["undone_by"], ["decided_at", "id"]):
        op.create_index(f"ix_moderation_decision_{'_'.join(columns)}", "moderation_decision", columns)
    op.create_table(
        "moderation_concerned",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("suspended_before", UtcDateTime(), nullable=True),
        to_own("moderation_concerned", "decision_id", "moderation_decision"),
        to_person("moderation_concerned", "person_id", "CASCADE"),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name="pk_moderation_concerned"),
    )
    op.create_index("ix_moderation_concerned_person_id", "moderation_concerned", ["person_id"])
    op.create_table(
        "moderation_appeal",
        id_column(),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        to_own("moderation_appeal", "decision_id", "moderation_decision"),
        to_person("moderation_appeal", "made_by"),
        to_person("moderation_appeal", "answered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_appeal"),
        sa.UniqueConstraint("decision_id", name="uq_moderation_appeal_decision_id"),
    )
    for column in ("answered_by", "made_at", "made_by"):
        op.create_index(f"ix_moderation_appeal_{column}", "moderation_appeal", [column])


def create_reports() -> None:
    op.create_table(
        "moderation_report",
        id_column(),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("visitor", sa.String(length=64), nullable=True),
        sa.Column("category", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at_s", sa.Double(), nullable=True),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=True),
        to_own("moderation_report", "case_id", "moderation_case"),
        to_own("moderation_report", "decision_id", "moderation_decision", "SET NULL"),
        to_person("moderation_report", "reporter_id"),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_report"),
    )
    for columns in (["case_id", "id"], ["reporter_id", "id"], ["decision_id"], ["made_at"]):
        op.create_index(f"ix_moderation_report_{'_'.join(columns)}", "moderation_report", columns)
    for name, column in (("reporter", "reporter_id"), ("visitor", "visitor")):
        waits = sa.text(f"decision_id IS NULL AND {column} IS NOT NULL")
        op.create_index(
            f"uq_moderation_report_{name}",
            "moderation_report",
            ["case_id", column],
            unique=True,
            sqlite_where=waits,
            postgresql_where=waits,
        )


def create_aids() -> None:
    """The throttle, and reasons to choose."""
    op.create_table(
        "moderation_attempt",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("window_at", UtcDateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "window_at", name="pk_moderation_attempt"),
    )
    op.create_index("ix_moderation_attempt_window_at", "moderation_attempt", ["window_at"])
    canned = op.create_table(
        "moderation_canned_reason",
        id_column(),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("action", sa.String(length=8), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_moderation_canned_reason"),
        sa.UniqueConstraint("title", name="uq_moderation_canned_reason_title"),
    )
    op.bulk_insert(canned, [{"title": title, "action": action, "words": words} for title, action, words in CANNED])


def downgrade() -> None:
    """Without them."""
    for table in ("canned_reason", "attempt", "report", "appeal", "concerned", "decision", "case_owner", "case"):
        op.drop_table(f"moderation_{table}")
