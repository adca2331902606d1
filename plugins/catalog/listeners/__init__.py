"""Where music shows in other plugins' places, and what music does when others tell of something."""

from plugins.catalog.listeners import (
    alerts,
    artist_reports,
    changes,
    exports,
    imports,
    marks,
    moderation,
    news,
    numbers,
    pages,
    personal_data,
    reminders,
    report_acts,
    reports,
    subjects,
    telling,
)

__all__ = [
    "alerts",
    "artist_reports",
    "changes",
    "exports",
    "imports",
    "marks",
    "moderation",
    "news",
    "numbers",
    "pages",
    "personal_data",
    "reminders",
    "report_acts",
    "reports",
    "subjects",
    "telling",
]
