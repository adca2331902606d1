"""`flask catalog import`: a folder of music into the site, with a bar that says how far it is."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from musicapp.errors import Refused
from plugins.catalog import plugin
from plugins.catalog.commands.report import Report
from plugins.catalog.media import ChildFailed
from plugins.catalog.services import folders
from plugins.catalog.services.folders import Look, Wishes

STOPPED = 130  # what shells say of a command that Ctrl-C ended
SAID = {
    "new": "new",
    "changed": "changed",
    "moved": "moved",
    "returned": "back again",
    "unchanged": "unchanged",
    "same": "here already",
    "waiting": "to be taken by the next look",
    "refused": "refused",
    "gone": "gone from the folder",
    "deleted": "songs deleted",
}


@plugin.cli.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.option("--artist", default="", help="Put everything under this one artist, whatever the tags say.")
@click.option("--publish", is_flag=True, help="Let listeners hear new music at once; without it, it is a draft.")
@click.option("--link", "way", flag_value="link", help="Link files, and refuse those that cannot be linked.")
@click.option("--copy", "way", flag_value="copy", help="Copy files; by default they are linked where that is possible.")
@click.option("--prune", is_flag=True, help="Delete the songs of files that are gone from the folder, for 30 days.")
@click.option("--again", is_flag=True, help="Look once more at files that have no song, such as refused ones.")
@click.option("--report", type=click.Path(dir_okay=False, writable=True), help="Write as CSV what did not come in.")
def import_(
    folder: str, artist: str, publish: bool, way: str | None, prune: bool, again: bool, report: str | None
) -> None:
    """Take the music in FOLDER into the site, or what is new and changed in it.

    It can be stopped at any time and goes on where it was. The exit status is 1 when files did not come in.
    """
    wishes = Wishes(artist=artist, publish=publish, way=way or "any", prune=prune, again=again)  # type: ignore[arg-type]
    began = time.monotonic()
    with Report(report) as written:
        try:
            with progress(folder) as went_on:
                look = folders.import_folder(folder, wishes, written.note, went_on)
        except Refused as refused:
            raise click.ClickException(refused.sentence) from None
        except ChildFailed as failed:
            raise click.ClickException(f"The files cannot be read here: {failed}") from None
        except KeyboardInterrupt:
            click.echo("Stopped. What came in is kept; the same command goes on from here.", err=True)
            raise SystemExit(STOPPED) from None
        for path, problem in folders.refused_below(look.root):
            written.note(path, "refused", problem)
    summarise(look, time.monotonic() - began)
    if look.counts["refused"] or look.counts["waiting"]:
        raise SystemExit(1)


@contextmanager
def progress(folder: str) -> Iterator[Callable[[int], object]]:
    """A bar on terminals, that says how many files a second and how much time is left; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda files: None
        return
    began = time.monotonic()
    files_in_all = folders.count_files(folder)
    seldom = max(1, files_in_all // 200)
    with click.progressbar(length=files_in_all, file=sys.stderr, show_pos=True, update_min_steps=seldom) as bar:

        def went_on(files: int) -> None:
            bar.label = f"{(bar.pos + files) / max(time.monotonic() - began, 0.1):,.0f} files/s"
            bar.update(files)

        yield went_on


def summarise(look: Look, seconds: float) -> None:
    """Say what became of the files, and what follows."""
    parts = [f"{look.counts[became]:,} {words}" for became, words in SAID.items() if look.counts[became]]
    click.echo(f"{look.files:,} files in {seconds:,.1f} s: {', '.join(parts) or 'no music'}.")
    if look.counts["new"]:
        public = "Listeners can hear it" if look.wishes.publish else "It is a draft until it is published"
        click.echo(f"{public}; covers, waveforms and loudness follow while the site runs.")
