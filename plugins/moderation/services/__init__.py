"""What may be asked of moderation: to report, to work on cases, to appeal, and to see what became of it.

Modules: `reporting`, `cases`, `queue` and `detail`, `taking`, `deciding` with its `effects`, `undoing`, `appealing`
and `appeal_links`, `flagging`, `own` (what reporters and owners see), `decided`, `months`, `canned`, `rules`.
"""

from plugins.moderation.services.appeal_links import appeal_token, concern_of_token
from plugins.moderation.services.appealing import answer_appeal, appeal
from plugins.moderation.services.deciding import Outcome, decide, decide_many
from plugins.moderation.services.detail import AppealRow, CaseDetail, DecisionRow, LogRow, ReportRow, case_detail
from plugins.moderation.services.flagging import Flagged, set_flag
from plugins.moderation.services.months import MonthCounts, month_counts
from plugins.moderation.services.own import (
    MyAppeal,
    MyDecision,
    MyReport,
    decision_about,
    decisions_about,
    my_reports,
    suspensions_of,
)
from plugins.moderation.services.queue import CaseRow, Counts, Filters, counts, queue
from plugins.moderation.services.reporting import report
from plugins.moderation.services.taking import give_back, take
from plugins.moderation.services.undoing import undo

__all__ = [
    "AppealRow",
    "CaseDetail",
    "CaseRow",
    "Counts",
    "DecisionRow",
    "Filters",
    "Flagged",
    "LogRow",
    "MonthCounts",
    "MyAppeal",
    "MyDecision",
    "MyReport",
    "Outcome",
    "ReportRow",
    "answer_appeal",
    "appeal",
    "appeal_token",
    "case_detail",
    "concern_of_token",
    "counts",
    "decide",
    "decide_many",
    "decision_about",
    "decisions_about",
    "give_back",
    "month_counts",
    "my_reports",
    "queue",
    "report",
    "set_flag",
    "suspensions_of",
    "take",
    "undo",
]
