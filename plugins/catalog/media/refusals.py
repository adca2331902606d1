"""Why a file is not taken, in sentences for the artist who sent it."""

import unicodedata

NAME_LIMIT = 80
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Refused(Exception):
    """A file that is not taken; the text is a sentence for the artist."""

    @property
    def sentence(self) -> str:
        """Say what is wrong with the file and what the artist can do."""
        return str(self)


class Unreadable(Refused):
    """A file that gives no music, or none that this site can read."""


class Undecodable(Exception):
    """A file in which the decoder finds nothing to begin with."""


class PictureRefused(Refused):
    """A file that gives no cover."""


def shown(name: str) -> str:
    """Return a file's name fit for a sentence: no invisible or turning characters, at most 80 in all."""
    visible = "".join(character for character in name if unicodedata.category(character) not in INVISIBLE).strip()
    if len(visible) > NAME_LIMIT:
        visible = f"{visible[: NAME_LIMIT // 2]}…{visible[1 - NAME_LIMIT // 2 :]}"
    return f"“{visible or 'untitled'}”"
