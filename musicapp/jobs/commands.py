"""`flask jobs`: see what waits, runs and was given up; try it again or put it away; see the schedule."""

import click
from flask.cli import AppGroup

from musicapp.commands import for_each
from musicapp.jobs import services
from musicapp.jobs.ledger import site_zone, timetable
from musicapp.paging import MOST

jobs = AppGroup("jobs", help="See and mend the work that runs in the background.")
STATES = ("waiting", "running", "done", "dead", "cancelled")


@jobs.command("list")
@click.option("--state", type=click.Choice(STATES), default="dead", show_default=True)
@click.option("--limit", type=click.IntRange(1, MOST), default=50, show_default=True)
def list_(state: str, limit: int) -> None:
    """List the jobs in one state, the newest first; those that wait, the next first."""
    rows = services.jobs_in(state, limit).rows
    for row in rows:
        click.echo(f"{row.id}  {row.kind}  {row.payload}  attempts: {row.attempts}  {row.last_error}".rstrip())
    if not rows:
        click.echo(f"No job is {state}.")


@jobs.command()
@click.argument("job_ids", type=int, nargs=-1, required=True)
def retry(job_ids: tuple[int, ...]) -> None:
    """Give dead jobs new attempts."""
    for_each(job_ids, services.retry, "waits for a new attempt")


@jobs.command()
@click.argument("job_ids", type=int, nargs=-1, required=True)
def discard(job_ids: tuple[int, ...]) -> None:
    """Put dead jobs away for good."""
    for_each(job_ids, services.discard, "discarded")


@jobs.command()
def schedule() -> None:
    """Show what is scheduled, in the site's time zone."""
    zone = site_zone()
    for planned in timetable():
        last = f"{planned.last_due_at.astimezone(zone):%Y-%m-%d %H:%M}" if planned.last_due_at else "never"
        following = f"{planned.next_due_at.astimezone(zone):%Y-%m-%d %H:%M}"
        click.echo(f"{planned.kind}  {planned.says}  last: {last}  next: {following} ({zone.key})")
