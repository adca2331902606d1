"""Files that people bring and the site makes: kept under names of the server's own, sent without holding a thread."""

from musicapp.storage.growing import BeingWritten, Checksum, Growing, Misplaced
from musicapp.storage.sending import media_store, send_stored
from musicapp.storage.store import DiskFull, NotStored, Store, StoredFile

__all__ = [
    "BeingWritten",
    "Checksum",
    "DiskFull",
    "Growing",
    "Misplaced",
    "NotStored",
    "Store",
    "StoredFile",
    "media_store",
    "send_stored",
]
