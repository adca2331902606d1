"""Jobs of reports, by subject."""

from plugins.reports.tasks import monthly

__all__ = ["monthly"]
