"""The way back: a backup, or a copy of a database, becomes the site of an instance folder again."""

from musicapp.backup.restoring.restore import Restored, restore

__all__ = ["Restored", "restore"]
