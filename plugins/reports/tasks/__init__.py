"""Jobs of reports, by subject."""

from plugins.reports.tasks import chats, exports, imports, monthly, reminders

__all__ = ["chats", "exports", "imports", "monthly", "reminders"]
