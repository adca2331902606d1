"""Versions: the sound of songs in a form that every browser plays, or that saves its listeners' data."""

from plugins.catalog.services.versions.catching_up import VersionProgress, catch_up, drop_unwanted, progress
from plugins.catalog.services.versions.choosing import Sound, chosen_sound, waits_for_version, wanted_format
from plugins.catalog.services.versions.making import Made, keep_version, make_version

__all__ = [
    "Made",
    "Sound",
    "VersionProgress",
    "catch_up",
    "chosen_sound",
    "drop_unwanted",
    "keep_version",
    "make_version",
    "progress",
    "waits_for_version",
    "wanted_format",
]
