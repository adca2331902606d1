"""What somebody is asked who reports a thing."""

from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from plugins.moderation.forms.fields import Form, MomentField

LONGEST_WORDS = 2_000


class ReportForm(Form):
    """What is wrong with a thing, in a word and in words; `at_s` is the moment of a sound that is meant."""

    category = RadioField("What is wrong?", validators=[InputRequired("Choose what is wrong.")])
    words = TextAreaField(
        "In your words", [Length(max=LONGEST_WORDS, message=f"At most {LONGEST_WORDS:,} characters.")]
    )
    at_s = MomentField("From which moment on")
