"""What reports put into other plugins' places, and what they hear."""

from plugins.reports.listeners import monthly

__all__ = ["monthly"]
