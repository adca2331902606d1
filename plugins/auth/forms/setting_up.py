"""The forms of the first steps of a new site."""

from zoneinfo import available_timezones

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length

from plugins.auth.forms.shape import NEEDED, Form, address_field, new_password_field
from plugins.auth.models import LONGEST_NAME


class SetUpForm(Form):
    code = StringField("Set-up code", [NEEDED], description="It is in the terminal where you started the site.")
    name = StringField("Your name", [NEEDED, Length(max=LONGEST_NAME)])
    email = address_field()
    password = new_password_field("Password")


class SiteForm(Form):
    name = StringField("Name of the site", [NEEDED, Length(max=60)])
    time_zone = SelectField(
        "Time zone",
        choices=sorted(available_timezones()),
        description="Days, reports and schedules follow its clock.",
    )


class MusicForm(Form):
    demo = BooleanField("Load demo music", default=True)
