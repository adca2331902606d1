"""`flask catalog …`: a folder of music into the site."""

import click

from plugins.catalog import plugin
from plugins.catalog.services import folders


@plugin.cli.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False))
@click.option("--artist", default="", help="Put everything under this one artist.")
@click.option("--publish", is_flag=True, help="Let listeners hear the music at once; otherwise all of it is a draft.")
def import_(folder: str, artist: str, publish: bool) -> None:
    """Take the music in FOLDER into the site, or what is new and changed in it."""
    look = folders.import_folder(folder, folders.Wishes(artist=artist, publish=publish))
    click.echo(look.counts)
