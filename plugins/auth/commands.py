"""`flask auth …`: accounts that are made, invited, kept out, helped or erased by hand."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app

from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Refused
from musicapp.pages import day
from plugins.auth import plugin
from plugins.auth.models import ROLES, User
from plugins.auth.services import passwords, second_factor, suspending
from plugins.auth.services.invitations.links import link_of
from plugins.auth.services.invitations.making import make_invitation
from plugins.auth.services.inviting import TO_GIVE
from plugins.auth.services.leaving import asking, erasing
from plugins.auth.services.leaving.standing import leaving_of
from plugins.auth.services.links import reset_link
from plugins.auth.services.people import add_person, person_with_address
from plugins.auth.services.roles import give_role


@plugin.cli.command("password-link")
@click.argument("email")
def password_link(email: str) -> None:
    """Print a link with which EMAIL chooses a new password; it works once, for a day."""
    user = known(email)
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        click.echo(reset_link(user))


@plugin.cli.command("make-admin")
@click.argument("email")
def make_admin(email: str) -> None:
    """Let EMAIL run this site."""
    user = known(email)
    give_role(user.id, "admin")
    click.echo(f"{user.name} is an admin now.")


@plugin.cli.command("reset-second-factor")
@click.argument("email")
@click.option("--reason", default="", help="Why, for the audit log.")
def reset_second_factor(email: str, reason: str) -> None:
    """Let EMAIL, who lost phone and recovery codes, log in with the password alone."""
    user = known(email)
    with sentences():
        second_factor.reset(user.id, reason)
    click.echo(f"{user.name} can log in with the password alone now.")


@plugin.cli.command("add")
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="user", show_default=True)
@click.password_option()
def add(name: str, email: str, role: str, password: str) -> None:
    """Add an account for NAME with EMAIL, confirmed."""
    with sentences():
        passwords.refuse_weak(password, name, email)
        user = add_person(name, email, passwords.hashed(password), role)
    click.echo(f"{user.name} has an account now.")


@plugin.cli.command("suspend")
@click.argument("email")
@click.option("--days", type=int, default=7, show_default=True)
@click.option("--reason", required=True, help="Why; they are told.")
def suspend(email: str, days: int, reason: str) -> None:
    """Keep EMAIL out for some days, and sign them out everywhere."""
    user = known(email)
    with sentences():
        until = suspending.until_when(days, None)
        suspending.suspend(user.id, until, suspending.checked_reason(reason))
    click.echo(f"{user.name} is suspended until {day(until)}.")


@plugin.cli.command("restore")
@click.argument("email")
def restore(email: str) -> None:
    """Lift the suspension of EMAIL."""
    user = known(email)
    suspending.restore(user.id)
    click.echo(f"{user.name} may log in.")


@plugin.cli.command("invite")
@click.option("--role", type=click.Choice(TO_GIVE), default="user", show_default=True)
@click.option("--places", type=int, default=1, show_default=True, help="How many people may use it.")
@click.option("--days", type=int, default=14, show_default=True, help="Days that it is good for.")
@click.option("--email", default="", help="The only address that may use it; it is mailed there.")
def invite(role: str, places: int, days: int, email: str) -> None:
    """Print a link by which people sign up."""
    with sentences():
        invitation = make_invitation(None, role, places=places, days=days, address=email)
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        click.echo(link_of(invitation))


@plugin.cli.command("delete")
@click.argument("email")
@click.option("--answer", "answers", multiple=True, metavar="KEY=ANSWER", help="What its owner decided; it says what.")
def delete(email: str, answers: tuple[str, ...]) -> None:
    """Close the account of EMAIL, whose owner asked for it and cannot log in; after some days it is erased."""
    user = known(email)
    said = dict(answer.partition("=")[::2] for answer in answers)
    for question in asking.questions_to(user.id) if leaving_of(user.id) is None else []:
        if question.key not in said:
            choices = "".join(f"\n  --answer {question.key}={key}: {words}" for key, words in question.answers.items())
            raise click.ClickException(question.words + choices)
    try:
        erase_at = asking.close(user.id, said, by=None)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"The account of {user.name} is closed, and erased after {day(erase_at)}.")


@plugin.cli.command("erase-due")
def erase_due() -> None:
    """Have the accounts erased whose days are over, without waiting for the night."""
    with writing():
        due = erasing.enqueue_due(now(), f"{now():%Y%m%dT%H%M%S}")
    click.echo(f"{due} to be erased; the worker does it." if due else "No account is to be erased.")


@contextmanager
def sentences() -> Iterator[None]:
    """Say in the terminal what a service refuses."""
    try:
        yield
    except Refused as refused:
        said = [sentence for several in refused.errors.values() for sentence in several]
        raise click.ClickException(" ".join(said) or refused.sentence) from None


def known(email: str) -> User:
    user = person_with_address(email)
    if user is None:
        raise click.ClickException(f"Nobody has an account with {email}.")
    return user
