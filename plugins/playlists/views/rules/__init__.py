"""The pages on which somebody writes the rules of a smart playlist."""

from plugins.playlists.views.rules import pages, writing

__all__ = ["pages", "writing"]
