"""What commands do alike with many things that are named by their numbers."""

from collections.abc import Callable, Iterable

import click

from musicapp.errors import Refused


def for_each(ids: Iterable[int], act: Callable[[int], object], done: str) -> None:
    """Do it to every thing that allows it, and say that it is done; those that refuse say why, and the command fails
    once all had their turn."""
    refused = False
    for one_id in ids:
        try:
            act(one_id)
            click.echo(f"{one_id}: {done}")
        except Refused as refusal:
            click.echo(f"{one_id}: {refusal.sentence}", err=True)
            refused = True
    if refused:
        raise SystemExit(1)
