"""The forms of this plugin: what is asked, in which shape. The rules are the services'."""

from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from musicapp.errors import Refused
from plugins.auth.models import LONGEST_ADDRESS, LONGEST_NAME

NEEDED = InputRequired("This is needed.")
LONGEST_PASSWORD = Length(max=1000, message="This is too long.")
TOKEN_DAYS = (30, 90, 365)


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


class LogInForm(Form):
    email = address_field()
    password = password_field("Password")
    remember = BooleanField("Keep me logged in")
    next = HiddenField()


class SignUpForm(Form):
    name = StringField("Your name", [NEEDED, Length(max=LONGEST_NAME)], description="Shown beside what you do here.")
    email = address_field()
    password = PasswordField("Password", [NEEDED, LONGEST_PASSWORD], description="At least 10 characters.")
    role = RadioField(
        "What brings you here?", choices=[*map(SelectChoice, ("user", "artist"), ("I listen", "I publish music"))]
    )
    next = HiddenField()


class AddressForm(Form):
    """Asks for a letter: to confirm an address, or to choose a new password."""

    email = address_field()


class NewPasswordForm(Form):
    password = PasswordField("New password", [NEEDED, LONGEST_PASSWORD], description="At least 10 characters.")


class ConfirmForm(Form):
    """Only a button: programs that open every link of a mail confirm nothing."""


class NameForm(Form):
    name = StringField("Name", [NEEDED, Length(max=LONGEST_NAME)])


class ChangePasswordForm(Form):
    current_password = password_field("Present password")
    new_password = PasswordField("New password", [NEEDED, LONGEST_PASSWORD], description="At least 10 characters.")


class TokenForm(Form):
    name = StringField("What is it for?", [NEEDED, Length(max=60)])
    days = SelectField(
        "Good for", choices=[SelectChoice(str(days), f"{days} days") for days in TOKEN_DAYS], coerce=int, default=90
    )


class SetUpForm(Form):
    code = StringField("Set-up code", [NEEDED], description="It is in the terminal where you started the site.")
    name = StringField("Your name", [NEEDED, Length(max=LONGEST_NAME)])
    email = address_field()
    password = PasswordField("Password", [NEEDED, LONGEST_PASSWORD], description="At least 10 characters.")


class SiteForm(Form):
    name = StringField("Name of the site", [NEEDED, Length(max=60)])
    time_zone = SelectField(
        "Time zone",
        choices=sorted(available_timezones()),
        description="Days, reports and schedules follow its clock.",
    )


class MusicForm(Form):
    demo = BooleanField("Load demo music", default=True)
