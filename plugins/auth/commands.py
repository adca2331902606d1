"""`flask auth …`: help for who forgot a password, people made by hand, and accounts that are to be erased."""

import click
from flask import current_app

from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Refused
from plugins.auth import plugin
from plugins.auth.models import ROLES, User
from plugins.auth.services import passwords, second_factor
from plugins.auth.services.leaving import erasing
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
    try:
        second_factor.reset(user.id, reason)
    except Refused as refused:
        raise click.ClickException(refused.sentence) from None
    click.echo(f"{user.name} can log in with the password alone now.")


@plugin.cli.command("add")
@click.argument("name")
@click.argument("email")
@click.option("--role", type=click.Choice(ROLES), default="user", show_default=True)
@click.password_option()
def add(name: str, email: str, role: str, password: str) -> None:
    """Add an account for NAME with EMAIL, confirmed."""
    try:
        passwords.refuse_weak(password, name, email)
        user = add_person(name, email, passwords.hashed(password), role)
    except Refused as refused:
        sentences = [sentence for sentences in refused.errors.values() for sentence in sentences]
        raise click.ClickException(" ".join(sentences) or refused.sentence) from None
    click.echo(f"{user.name} has an account now.")


@plugin.cli.command("erase-due")
def erase_due() -> None:
    """Have the accounts erased whose days are over, without waiting for the night."""
    with writing():
        due = erasing.enqueue_due(now(), f"{now():%Y%m%dT%H%M%S}")
    click.echo(f"{due} to be erased; the worker does it." if due else "No account is to be erased.")


def known(email: str) -> User:
    user = person_with_address(email)
    if user is None:
        raise click.ClickException(f"Nobody has an account with {email}.")
    return user
