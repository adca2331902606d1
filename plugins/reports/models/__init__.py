"""Tables of reports, by subject."""

from plugins.reports.models.chats import Chat, ChatPost, ChatTopic
from plugins.reports.models.exports import TakenOut
from plugins.reports.models.imports import BroughtIn, BroughtRow
from plugins.reports.models.monthly import MonthlyFailure, MonthlyReport, MonthlyRun
from plugins.reports.models.reminders import Reminded, ReminderTurn

__all__ = [
    "BroughtIn",
    "BroughtRow",
    "Chat",
    "ChatPost",
    "ChatTopic",
    "MonthlyFailure",
    "MonthlyReport",
    "MonthlyRun",
    "Reminded",
    "ReminderTurn",
    "TakenOut",
]
