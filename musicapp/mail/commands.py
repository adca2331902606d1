"""`flask mail`: see the outbox, send mails again, put them away, and try whether mail works."""

from typing import cast

import click
from flask.cli import AppGroup

from musicapp.commands import for_each
from musicapp.mail import services

mail = AppGroup("mail", help="See and mend the mail that the site sends.")
ALL_FAILED = click.option("--all-failed", is_flag=True, help="All mails that failed.")
MAIL_IDS = click.argument("mail_ids", type=click.IntRange(1, 2**63 - 1), nargs=-1)


@mail.command("list")
@click.option("--of", type=click.Choice(list(services.SHELVES)), default="failed", show_default=True)
@click.option("--to", default="", help="Part of an address.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, show_default=True)
def list_(of: str, to: str, limit: int) -> None:
    """List the mails that are queued, tried again, failed or sent, the newest first."""
    rows = services.mails_on(cast(services.Shelf, of), to, limit=limit).rows
    for row in rows:
        click.echo(f"{row.id}  {row.kind}  {row.address}  tries: {row.attempts}  {row.last_error}".rstrip())
    if not rows:
        click.echo(f"No mail is {of}.")


@mail.command()
@MAIL_IDS
@ALL_FAILED
def resend(mail_ids: tuple[int, ...], all_failed: bool) -> None:
    """Send mails now that failed or wait for another try."""
    if all_failed:
        click.echo(f"On their way again: {services.resend_all('failed')}")
    for_each(mail_ids, services.resend, "on its way again")


@mail.command()
@MAIL_IDS
@ALL_FAILED
def discard(mail_ids: tuple[int, ...], all_failed: bool) -> None:
    """Put mails away that were not sent."""
    if all_failed:
        click.echo(f"Discarded: {services.discard_all('failed')}")
    for_each(mail_ids, services.discard, "discarded")


@mail.command("try")
@click.argument("address")
def try_(address: str) -> None:
    """Send a short mail to ADDRESS, to see whether mail works; `list --of sent` shows when it has gone."""
    services.post_trial(address)
    click.echo("It is on its way.")
