"""What keeps a backup from being made or restored."""

from sqlalchemy.exc import DBAPIError


class BackupFailed(RuntimeError):
    """No backup was made; the message is a sentence for who runs the site, and says what to do."""


class CutOff(BackupFailed):
    """A program that saves was told to end: there could have been a backup."""


class NotWhole(BackupFailed):
    """A file that is no backup, or not all of one."""


class RestoreRefused(RuntimeError):
    """Nothing was changed; the message is a sentence for who runs the site, and says what to do."""


def first_line(error: Exception) -> str:
    """What the database, or the way to it, said; what follows are guesses."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().split("\n")[0].rstrip(".")
