"""What became of a move, in sentences for who runs the site."""

from collections.abc import Iterator

from musicapp.backup.restoring.fitting import KINDS
from musicapp.backup.words import counted
from musicapp.moving.move import Moved


def of_move(moved: Moved) -> Iterator[str]:
    """What is there, what is not, and how the site is switched."""
    rows = counted(sum(one.rows for one in moved.sums.values()), "row")
    yield (
        f"{rows} in {counted(len(moved.sums), 'table')} are in {moved.target.shown} now; counted and summed up in the "
        "same way, each table is what it was."
    )
    for name, why in moved.left.items():
        yield f"{name} stays in the old database ({why})."
    yield "Nothing has been switched. To do so, let .env, or whatever sets it, say this, and start the site:"
    yield f"MUSICAPP_DATABASE_URL={moved.target.url.replace('+psycopg', '')}"
    yield (
        f"The old database of {KINDS[moved.source.kind]} is as it was, in {moved.source.shown}; delete it when you "
        "miss nothing. What is written to it from now on is in it alone."
    )
