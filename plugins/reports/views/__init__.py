"""Pages of reports, by subject."""

from plugins.reports.views import chats, exports, imports, monthly, monthly_runs

__all__ = ["chats", "exports", "imports", "monthly", "monthly_runs"]
