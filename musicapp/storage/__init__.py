"""Files that people bring and the site makes: kept under names of the server's own, sent without holding a thread."""

from musicapp.storage.growing import BeingWritten, Checksum, Growing, Misplaced
from musicapp.storage.sending import media_store, send_made, send_stored
from musicapp.storage.store import DiskFull, NotStored, Store, StoredFile
from musicapp.storage.taking import Changed, Taken, Taking, Way

__all__ = [
    "BeingWritten",
    "Changed",
    "Checksum",
    "DiskFull",
    "Growing",
    "Misplaced",
    "NotStored",
    "Store",
    "StoredFile",
    "Taken",
    "Taking",
    "Way",
    "media_store",
    "send_made",
    "send_stored",
]
