"""What somebody is asked who writes a comment."""

import re

from flask import request
from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from musicapp.errors import Refused
from plugins.catalog.forms.fields import Form

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)|(\d{1,5})(?:[.,]\d+)?")


def is_clock(form: Form, field: StringField) -> None:
    """Refuse what is no moment of a song."""
    if (field.data or "").strip() and not CLOCK.fullmatch(field.data.strip()):
        raise ValidationError("A moment such as 1:23.")


class CommentForm(Form):
    """The words of a comment, and the moment of a song that they speak of."""

    text = TextAreaField("Your comment")
    at_s = StringField("At", [is_clock])
    status = 422

    def refuse(self, refused: Refused) -> None:
        """Show what a service refused, and remember the status that says so to programs."""
        self.status = refused.status
        super().refuse(refused)

    def seconds(self) -> float | None:
        """The moment in seconds, or None for the whole song."""
        found = CLOCK.fullmatch((self.at_s.data or "").strip())
        if found is None:
            return None
        hours, minutes, seconds, alone = (int(part or 0) for part in found.groups())
        return float(hours * 3600 + minutes * 60 + seconds + alone)

    def mentioned(self) -> list[int]:
        """The ids of those who were chosen for names in the text."""
        return request.form.getlist("mentions", type=int)[:100]
