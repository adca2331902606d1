"""Versions: the sound of songs in a form that every browser plays, or that saves its listeners' data."""

from plugins.catalog.services.versions.catching_up import VersionProgress, drop_unwanted, enqueue_missing, progress
from plugins.catalog.services.versions.choosing import Sound, chosen_sound, waits_for_version, wanted_format
from plugins.catalog.services.versions.making import Made, enqueue_version, keep_version, make_version

__all__ = [
    "Made",
    "Sound",
    "VersionProgress",
    "chosen_sound",
    "drop_unwanted",
    "enqueue_missing",
    "enqueue_version",
    "keep_version",
    "make_version",
    "progress",
    "waits_for_version",
    "wanted_format",
]
