"""The forms of getting in: logging in, signing up, and the letters that help with both."""

from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import Length

from plugins.auth.forms.shape import NEEDED, Form, address_field, new_password_field, password_field
from plugins.auth.models import LONGEST_NAME


class LogInForm(Form):
    email = address_field()
    password = password_field("Password")
    remember = BooleanField("Keep me logged in")
    next = HiddenField()


class SignUpForm(Form):
    name = StringField("Your name", [NEEDED, Length(max=LONGEST_NAME)], description="Shown beside what you do here.")
    email = address_field()
    password = new_password_field("Password")
    role = RadioField(
        "What brings you here?", choices=[*map(SelectChoice, ("user", "artist"), ("I listen", "I publish music"))]
    )
    invitation = StringField("Invitation", [Length(max=500)], description="The link that you were given.")
    next = HiddenField()


class AddressForm(Form):
    """Asks for a letter: to confirm an address, or to choose a new password."""

    email = address_field()


class NewPasswordForm(Form):
    password = new_password_field("New password")


class ConfirmForm(Form):
    """Only a button: programs that open every link of a mail confirm nothing."""
