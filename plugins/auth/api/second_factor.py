"""One's own second factor for programs: setting it up, its recovery codes, and switching it off."""

from datetime import datetime

from flask import Response, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from pydantic import BaseModel, Field

from musicapp.api import Body, answer
from plugins.auth import plugin
from plugins.auth.api.account import SECRET
from plugins.auth.fresh import ask_again_unless_fresh
from plugins.auth.services import second_factor as factor
from plugins.auth.shapes import Code, Password


class CodeBody(Body):
    code: Code = Field(description="Six digits, as the app shows them now.")


class SwitchOffBody(Body):
    password: Password
    code: Code = Field(description="Of the app, or a recovery code.")


class FactorShape(BaseModel):
    """Since when a code is needed, how many recovery codes are left, and whether the rights of staff wait for it."""

    on_since: datetime | None
    recovery_codes_left: int
    is_awaited: bool


class BegunShape(BaseModel):
    """What an app for codes needs: the secret, and the same as the address that a QR picture holds."""

    secret: str
    otpauth_url: str


class CodesShape(BaseModel):
    recovery_codes: list[str]


@plugin.api.get("/account/second-factor", permission="member", answer=FactorShape)
def second_factor() -> Response:
    """Whether my second factor is on."""
    since = factor.on_since(current_user.id)
    left = factor.codes_left(current_user.id) if since else 0
    shape = FactorShape(on_since=since, recovery_codes_left=left, is_awaited=bool(current_user.withheld))
    return answer(shape, headers=SECRET)


@plugin.api.post("/account/second-factor", permission="member", answer=BegunShape)
def begin_second_factor() -> ResponseReturnValue:
    """Begin to set it up, with another secret each time; the sign-in must have begun less than 15 minutes ago.

    It is on once its first code is confirmed within an hour; 409 where it is on already.
    """
    if asked := ask_again_unless_fresh():
        return asked
    begun = factor.begin(current_user.id)
    shape = BegunShape(secret=begun.secret, otpauth_url=begun.address)
    location = url_for("auth.api.second_factor")
    return answer(shape, "Confirm it with the first code.", 201, location=location, headers=SECRET)


@plugin.api.post("/account/second-factor/confirm", permission="member", body=CodeBody, answer=CodesShape)
def confirm_second_factor(body: CodeBody) -> Response:
    """Switch it on by the first code of the app; answers ten recovery codes, which nobody can read again.

    409 where it is on already.
    """
    codes = factor.confirm(current_user.id, body.code)
    said = "Your second factor is on. Keep these codes: they are not shown again."
    return answer(CodesShape(recovery_codes=codes), said, headers=SECRET)


@plugin.api.post("/account/second-factor/recovery-codes", permission="member", answer=CodesShape)
def make_recovery_codes() -> ResponseReturnValue:
    """New recovery codes, which make those before void; the sign-in must have begun less than 15 minutes ago.

    409 where it is off.
    """
    if asked := ask_again_unless_fresh():
        return asked
    codes = factor.make_codes(current_user.id)
    said = "Keep these codes: they are not shown again, and those before are void."
    return answer(CodesShape(recovery_codes=codes), said, headers=SECRET)


@plugin.api.delete("/account/second-factor", permission="member", body=SwitchOffBody)
def switch_off_second_factor(body: SwitchOffBody) -> Response:
    """Switch it off, with the password and a code; 409 where it is off."""
    factor.switch_off(current_user.id, body.password, body.code)
    return answer(None, "Your second factor is off. Your password alone is enough to log in.", headers=SECRET)
