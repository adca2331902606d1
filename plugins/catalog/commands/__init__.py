"""`flask catalog …`: a folder of music into the site, and whether all files are where they should be."""

from plugins.catalog.commands import checking, importing

__all__ = ["checking", "importing"]
