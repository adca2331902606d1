"""`flask catalog check`: whether every file of the catalogue is where it should be, and none lies there for nobody."""

from collections.abc import Iterator

import click

from musicapp.storage import media_store
from plugins.catalog import plugin
from plugins.catalog.services import checking
from plugins.catalog.services.unworn_covers import remove_cover

SHOWN = 100


@plugin.cli.command("check")
@click.option("--mend", is_flag=True, help="Remove files that nothing refers to, after asking.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def check(mend: bool, yes: bool) -> None:
    """Compare the files of the site with its database. The exit status is 1 when something is wrong and stays so."""
    missing = shown(f"Missing: {one.what} {one.id} ({one.key})" for one in checking.missing_files())
    orphans = shown(f"Orphan: {key}" for key in checking.orphan_files())
    unworn = shown(f"Unused: cover {cover_id}" for cover_id in checking.unworn_covers())
    parts = media_store().leftovers()
    if parts:
        click.echo(f"Left behind: {parts:,} unfinished files")
    needless = orphans + unworn + parts
    if not missing and not needless:
        click.echo("Every file is there, and none is too many.")
        return
    click.echo(f"{missing:,} missing, {orphans:,} orphans, {unworn:,} unused covers, {parts:,} left behind.")
    if needless and mend and (yes or click.confirm(f"Remove the {needless:,} that nothing refers to?")):
        remove()
        needless = 0
    if missing or needless:
        raise SystemExit(1)


def shown(lines: Iterator[str]) -> int:
    """Say these lines, the first of very many; how many there are."""
    count = 0
    for count, line in enumerate(lines, start=1):
        if count <= SHOWN:
            click.echo(line)
    if count > SHOWN:
        click.echo(f"… and {count - SHOWN:,} more")
    return count


def remove() -> None:
    """Remove what nothing refers to, as it is found now."""
    for cover_id in checking.unworn_covers():
        remove_cover(cover_id)
    for key in checking.orphan_files():
        media_store().delete(key)
    media_store().sweep()
    click.echo("Removed.")
