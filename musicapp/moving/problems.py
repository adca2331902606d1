"""What keeps a database from being moved."""


class MoveRefused(RuntimeError):
    """The site stays where it is; the message is sentences for who runs it, and says what to do."""
