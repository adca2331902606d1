"""What reports put into other plugins' places, and what they hear."""

from plugins.reports.listeners import chats, exports, imports, monthly, personal_data, reminders

__all__ = ["chats", "exports", "imports", "monthly", "personal_data", "reminders"]
