"""What of moderation can be taken out as a sheet."""

from collections.abc import Iterator

from musicapp.sheets import Column, Value
from musicapp.spans import Span
from plugins.moderation import plugin
from plugins.moderation.services import sheets
from plugins.moderation.services.impartial import RIGHT

KIND = Column("kind", "song, album, artist, comment, playlist, user, or what plugins add.")
THING = Column("subject_id", "The thing's number on this site.", "whole number")
TITLE = Column("title", "What it was called when somebody looked last.")


@plugin.contributes(
    "reports.export",
    name="moderation.cases",
    title="Cases",
    words="What was reported, how often, and what state it is in. Who reported is not in it.",
    columns=[
        Column("case_id", "The case's number on this site.", "whole number"),
        KIND,
        THING,
        TITLE,
        Column("state", "open, taken, decided, appealed or closed."),
        Column("category", "What most reports said: rights, data, hateful, explicit, broken, spam or other."),
        Column("reports", "How many reports there were in all.", "whole number"),
        Column("reach", "How many people it reached.", "whole number"),
        Column("opened_at", "When it was opened last (UTC).", "moment"),
        Column("waiting_since", "Since when somebody waits; empty where nobody does (UTC).", "moment"),
        Column("closed_at", "When it was closed (UTC).", "moment"),
    ],
    count=sheets.case_count,
    scope="admin",
    right=RIGHT,
    dated=True,
)
def cases(person_id: int, subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """All cases that were opened in these days."""
    return sheets.case_rows(person_id, subject_id, span)


@plugin.contributes(
    "reports.export",
    name="moderation.decisions",
    title="Decisions",
    words="What was decided, why and by whom, and what became of it.",
    columns=[
        Column("decision_id", "The decision's number on this site.", "whole number"),
        Column("case_id", "Its case.", "whole number"),
        KIND,
        THING,
        TITLE,
        Column("category", "What most reports said; empty where nobody had reported it."),
        Column("action", "dismiss, warn, label, flag, remove, suspend or restore."),
        Column("reason", "What whom it concerns was told."),
        Column("until", "Until when somebody is suspended (UTC).", "moment"),
        Column("decided_at", "When it was decided (UTC).", "moment"),
        Column("decided_by", "Who decided; empty once the account is gone."),
        Column("undone_at", "When it was taken back (UTC).", "moment"),
        Column("appealed_at", "When somebody appealed against it (UTC).", "moment"),
        Column("upheld", "Whether it stands after the appeal; empty where none was answered.", "yes or no"),
        Column("answered_at", "When the appeal was answered (UTC).", "moment"),
    ],
    count=sheets.decision_count,
    scope="admin",
    right=RIGHT,
    dated=True,
)
def decisions(person_id: int, subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """All decisions of these days."""
    return sheets.decision_rows(person_id, subject_id, span)
