"""Reminders: one letter a week at most, to people for whom there is something, and each thing once."""

from plugins.reports.services.reminders.away import people_away, still_away
from plugins.reports.services.reminders.kinds import reminder_kinds
from plugins.reports.services.reminders.ledger import forget_words
from plugins.reports.services.reminders.running import remind

__all__ = ["forget_words", "people_away", "remind", "reminder_kinds", "still_away"]
