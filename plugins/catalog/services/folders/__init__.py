"""Folders of music: taken into the site, and compared again."""

from plugins.catalog.services.folders.comparing import refused_below
from plugins.catalog.services.folders.finishing import finish_song
from plugins.catalog.services.folders.importing import count_files, import_folder
from plugins.catalog.services.folders.looking import Look, Wishes
from plugins.catalog.services.folders.naming import readable
from plugins.catalog.services.folders.pictures import find_covers
from plugins.catalog.services.folders.watching import last_look, look_if_due

__all__ = [
    "Look",
    "Wishes",
    "count_files",
    "find_covers",
    "finish_song",
    "import_folder",
    "last_look",
    "look_if_due",
    "readable",
    "refused_below",
]
