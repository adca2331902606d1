"""Plugins: what one may say (`contract`), how they are found, checked and started, and how they meet."""

from musicapp.plugins.contract import Plugin
from musicapp.plugins.events import emit
from musicapp.plugins.site import PluginState, Site, current_site

__all__ = ["Plugin", "PluginState", "Site", "current_site", "emit"]
