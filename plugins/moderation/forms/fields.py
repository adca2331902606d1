"""What the forms of moderation share."""

import re

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import ValidationError

from musicapp.errors import Refused

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)|(\d{1,5})(?:[.,]\d+)?")


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show what a service refused beside the fields that it names."""

    def refuse(self, refused: Refused) -> None:
        for name, sentences in refused.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
        if not any(name in self for name in refused.errors):
            self.form_errors.append(refused.sentence)


class MomentField(StringField):  # type: ignore[misc]
    """A moment of a sound, written as 1:23 or in seconds."""

    def pre_validate(self, form: Form) -> None:
        if (self.data or "").strip() and not CLOCK.fullmatch(self.data.strip()):
            raise ValidationError("A moment such as 1:23.")

    def seconds(self) -> float | None:
        """The moment in seconds, or None where none was written."""
        found = CLOCK.fullmatch((self.data or "").strip())
        if found is None:
            return None
        hours, minutes, seconds, alone = (int(part or 0) for part in found.groups())
        return float(hours * 3600 + minutes * 60 + seconds + alone)
