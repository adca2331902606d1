"""`flask reports …`: monthly reports by hand."""

from plugins.reports.commands import monthly

__all__ = ["monthly"]
