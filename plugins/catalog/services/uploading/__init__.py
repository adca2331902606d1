"""Uploads: from a stranger's file to a song and the job that makes it ready, or to a sentence that says why not."""

from plugins.catalog.services.uploading.albums import album_titled
from plugins.catalog.services.uploading.duplicates import HereAlready
from plugins.catalog.services.uploading.expiring import sweep_uploads
from plugins.catalog.services.uploading.files import kinds_in_words
from plugins.catalog.services.uploading.pieces import (
    Progress,
    add_piece,
    begin_upload,
    cancel_upload,
    upload_of,
    uploads_of,
)
from plugins.catalog.services.uploading.quota import Room, in_words, refuse_over_quota, room_of
from plugins.catalog.services.uploading.songs import add_song, keep_song_file, upload_song
from plugins.catalog.services.uploading.wishes import Wishes, filled_in, title_from

__all__ = [
    "HereAlready",
    "Progress",
    "Room",
    "Wishes",
    "add_piece",
    "add_song",
    "album_titled",
    "begin_upload",
    "cancel_upload",
    "filled_in",
    "in_words",
    "keep_song_file",
    "kinds_in_words",
    "refuse_over_quota",
    "room_of",
    "sweep_uploads",
    "title_from",
    "upload_of",
    "upload_song",
    "uploads_of",
]
