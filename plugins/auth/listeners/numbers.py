"""The numbers of people by day, for who runs the site."""

from collections.abc import Mapping
from datetime import date

from plugins.auth import plugin
from plugins.auth.services import counting


@plugin.contributes("site.number", name="auth.new_people", title="New people", order=10, good="up", page="auth.people")
def new_people(first: date, last: date) -> Mapping[date, int]:
    """Accounts that were made and are still there."""
    return counting.new_people(first, last)


@plugin.contributes(
    "site.number",
    name="auth.people",
    title="accounts",
    one="account",
    kind="now",
    order=11,
    good="up",
    beside="auth.new_people",
)
def people() -> int:
    """Accounts in all."""
    return counting.people()


@plugin.contributes(
    "site.number",
    name="auth.people_here",
    title="here in the last 30 days",
    kind="now",
    order=12,
    good="up",
    beside="auth.new_people",
)
def people_here() -> int:
    """People who were signed in at some time in the last 30 days."""
    return counting.people_here()
