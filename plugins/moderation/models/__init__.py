"""The tables of moderation: cases and their reports, decisions and appeals, and what helps to write them."""

from plugins.moderation.models.canned import CannedReason
from plugins.moderation.models.cases import LONGEST_KIND, LONGEST_TITLE, Case, CaseOwner, Report
from plugins.moderation.models.decisions import Appeal, Concerned, Decision

__all__ = [
    "LONGEST_KIND",
    "LONGEST_TITLE",
    "Appeal",
    "CannedReason",
    "Case",
    "CaseOwner",
    "Concerned",
    "Decision",
    "Report",
]
