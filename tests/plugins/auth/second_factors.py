"""A phone for tests: an app that makes codes, and switching it on for somebody."""

from dataclasses import dataclass

from flask import Flask
from passlib.totp import TOTP

from plugins.auth.services import second_factor
from plugins.auth.services.second_factor import codes
from tests.people import Somebody


@dataclass(frozen=True)
class Phone:
    """An app that was given a secret."""

    secret: str

    def code(self) -> str:
        """What it shows at the moment that the site's clock says."""
        return str(TOTP(key=self.secret).generate(time=codes.now()).token)


def switch_on(app: Flask, person: Somebody) -> tuple[Phone, list[str]]:
    """Give somebody a second factor: their phone, and their recovery codes."""
    with app.app_context():
        second_factor.begin(person.id)
        waiting = second_factor.waiting(person.id)
        assert waiting is not None
        phone = Phone(waiting.groups.replace(" ", ""))
        return phone, second_factor.confirm(person.id, phone.code())
