"""The forms of those who run the site: suspending and refusing somebody, and inviting people."""

from wtforms import DateField, EmailField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from plugins.auth.forms.shape import Form
from plugins.auth.models import LONGEST_ADDRESS
from plugins.auth.models.invitations import LONGEST_NOTE

ROLES = {"user": "A listener", "artist": "An artist", "moderator": "A moderator"}


class SuspendForm(Form):
    days = IntegerField("For how many days", [Optional()], default=7)
    until = DateField("Or until this day ends", [Optional()])
    reason = TextAreaField(
        "Why", [Length(max=5_000)], id="suspend-reason", description="They read it when they log in, and by mail."
    )


class RefuseForm(Form):
    reason = TextAreaField(
        "If you refuse, why", [Length(max=5_000)], id="refuse-reason", description="It stands in the mail to them."
    )


class InvitationForm(Form):
    role = SelectField("They become", choices=[SelectChoice(role, words) for role, words in ROLES.items()])
    places = IntegerField("How many people", [Optional()], default=1)
    days = IntegerField("Good for how many days", [Optional()], default=14)
    email = EmailField("Only for this address", [Length(max=LONGEST_ADDRESS, message="This is too long.")])
    note = StringField("A note", [Length(max=LONGEST_NOTE)], description="What it is for. Guests do not see it.")
