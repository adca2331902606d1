"""Tables of reports, by subject."""

from plugins.reports.models.monthly import MonthlyFailure, MonthlyReport, MonthlyRun

__all__ = ["MonthlyFailure", "MonthlyReport", "MonthlyRun"]
