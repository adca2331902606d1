"""Where music shows in other plugins' places, and what music does when others tell of something."""

from plugins.catalog.listeners import changes, pages, subjects

__all__ = ["changes", "pages", "subjects"]
