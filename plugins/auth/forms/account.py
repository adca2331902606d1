"""The forms of one's own account."""

from wtforms import SelectChoice, SelectField, StringField
from wtforms.validators import Length

from plugins.auth.forms.shape import NEEDED, Form, new_password_field, password_field
from plugins.auth.models import LONGEST_NAME

TOKEN_DAYS = (30, 90, 365)


class NameForm(Form):
    name = StringField("Name", [NEEDED, Length(max=LONGEST_NAME)])


class ChangePasswordForm(Form):
    current_password = password_field("Present password")
    new_password = new_password_field("New password")


class TokenForm(Form):
    name = StringField("What is it for?", [NEEDED, Length(max=60)])
    days = SelectField(
        "Good for", choices=[SelectChoice(str(days), f"{days} days") for days in TOKEN_DAYS], coerce=int, default=90
    )
