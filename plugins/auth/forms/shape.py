"""What all forms of this plugin have in common: a refusal beside the field that it names, and fields that recur."""

from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from musicapp.errors import Refused
from plugins.auth.models import LONGEST_ADDRESS

NEEDED = InputRequired("This is needed.")
LONGEST_PASSWORD = Length(max=1000, message="This is too long.")


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show what a service refused beside the fields that it names."""

    def refuse(self, refused: Refused) -> None:
        for name, sentences in refused.errors.items():
            self[name].errors = [*self[name].errors, *sentences]
        if not refused.errors:
            self.form_errors.append(refused.sentence)


def address_field() -> EmailField:
    return EmailField("E-mail", [NEEDED, Length(max=LONGEST_ADDRESS, message="This is too long for an address.")])


def password_field(label: str) -> PasswordField:
    return PasswordField(label, [NEEDED, LONGEST_PASSWORD])


def new_password_field(label: str) -> PasswordField:
    return PasswordField(label, [NEEDED, LONGEST_PASSWORD], description="At least 10 characters.")
