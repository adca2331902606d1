"""Pages of reports, by subject."""

from plugins.reports.views import monthly, monthly_runs

__all__ = ["monthly", "monthly_runs"]
