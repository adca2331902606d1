"""Reports as JSON, by subject."""

from plugins.reports.api import monthly

__all__ = ["monthly"]
