"""Folders of music: taken into the site, compared again, and checked against what the site keeps."""

from plugins.catalog.services.folders.finishing import finish_song
from plugins.catalog.services.folders.importing import import_folder
from plugins.catalog.services.folders.looking import Look, Wishes

__all__ = ["Look", "Wishes", "finish_song", "import_folder"]
