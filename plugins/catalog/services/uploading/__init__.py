"""Uploads: from a stranger's file to a song and the job that makes it ready, or to a sentence that says why not."""

from plugins.catalog.services.uploading.albums import album_titled
from plugins.catalog.services.uploading.duplicates import HereAlready
from plugins.catalog.services.uploading.songs import add_song, keep_song_file, upload_song
from plugins.catalog.services.uploading.wishes import Wishes, filled_in, title_from

__all__ = [
    "HereAlready",
    "Wishes",
    "add_song",
    "album_titled",
    "filled_in",
    "keep_song_file",
    "title_from",
    "upload_song",
]
