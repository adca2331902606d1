"""`flask reports monthly`: the reports of a month, for everybody or for one person, before or after their time."""

import click

from musicapp.errors import Refused
from plugins.auth.services import person_with_address
from plugins.reports import plugin
from plugins.reports.services.monthly import in_months, make_month, make_one


@plugin.cli.command("monthly")
@click.option("--period", required=True, help="The month, such as 2026-10.")
@click.option("--person", default="", help="Only for who has this address.")
def make_reports(period: str, person: str) -> None:
    """Make the reports of a month that are not made yet; their readers are told as usual."""
    try:
        made = make_one(period, id_of(person)) if person else make_month(period, lambda _done: None)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{in_months(period)}: {made:,} {'report' if made == 1 else 'reports'} made.")


def id_of(address: str) -> int:
    """The id of who has this address."""
    found = person_with_address(address)
    if found is None:
        raise click.ClickException(f"Nobody here has the address {address}.")
    return found.id
