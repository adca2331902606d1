"""The forms of the second factor."""

from wtforms import HiddenField, StringField
from wtforms.validators import Length

from plugins.auth.forms.shape import NEEDED, Form, password_field
from plugins.auth.services.suspending import LONGEST_REASON

LONGEST_CODE = Length(max=40, message="This is too long for a code.")


def code_field(*checks: object) -> StringField:
    return StringField("Code", [*checks, LONGEST_CODE])


class CodeForm(Form):
    """A code of the app, or a recovery code."""

    code = code_field(NEEDED)
    next = HiddenField()


class SwitchOffForm(Form):
    password = password_field("Password")
    code = code_field(NEEDED)


class VerifyForm(Form):
    """The password again, and a code where a second factor is on."""

    password = password_field("Password")
    code = code_field()
    next = HiddenField()


class ResetForm(Form):
    """Why somebody else's second factor is switched off, for the log."""

    why = StringField(
        "Why", [NEEDED, Length(max=LONGEST_REASON)], description="How you know who is asking, for the audit log."
    )


class KeptCodesForm(Form):
    """The recovery codes that the page shows, to be kept as a text."""

    codes = HiddenField("Codes", [NEEDED, Length(max=400)])
