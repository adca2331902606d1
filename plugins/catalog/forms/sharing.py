"""What is asked of a secret link: when it ends."""

from wtforms import SelectChoice, SelectField

from plugins.catalog.forms.fields import Form

ENDS = [
    SelectChoice("1", "1 day"),
    SelectChoice("7", "7 days"),
    SelectChoice("30", "30 days"),
    SelectChoice("", "No end"),
]


class ShareLinkForm(Form):
    """How long a link works; "" stands for no end."""

    days = SelectField("Works for", choices=ENDS, default="7")
