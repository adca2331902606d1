"""What the worker does with an uploaded song: listen to all of it once, find its cover, and make it ready."""

from plugins.catalog.services.processing.enqueuing import enqueue_song
from plugins.catalog.services.processing.examining import Outcome, examine_song
from plugins.catalog.services.processing.keeping import CANCELLED, give_up, keep_outcome, say_what_is_missing

__all__ = ["CANCELLED", "Outcome", "enqueue_song", "examine_song", "give_up", "keep_outcome", "say_what_is_missing"]
