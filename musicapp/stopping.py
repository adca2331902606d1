"""Whether this process is to end: told by who was asked to stop it, heeded by long work in another of its threads."""

from threading import Event

asked = Event()


def end_where_asked() -> None:
    """Leave by SystemExit if the process is to end; for places where nothing is half done."""
    if asked.is_set():
        raise SystemExit("The site is stopped before it was ready.")
