"""What music holds of one person: handed out to them as files, and erased when they leave for good."""

from plugins.catalog.services.personal.artists import MUSIC, what_becomes_of_music
from plugins.catalog.services.personal.erasing import erase
from plugins.catalog.services.personal.listening import listening_files
from plugins.catalog.services.personal.music import bytes_of_music, music_files
from plugins.catalog.services.personal.said import said_files

__all__ = ["MUSIC", "bytes_of_music", "erase", "listening_files", "music_files", "said_files", "what_becomes_of_music"]
