"""What the forms of music share: their base, and the fields that several of them have."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from musicapp.errors import Refused
from plugins.catalog.services import TINTS

NEEDED = InputRequired("Give it a title.")
YEAR = [Optional(), NumberRange(1000, 2999, "A year such as 2026.")]
TRACK = [Optional(), NumberRange(1, 9999, "A number from 1 to 9999.")]
DISC = [Optional(), NumberRange(1, 999, "A number from 1 to 999.")]
PICTURE = "JPEG, PNG or WebP, square, at most 25 megapixels."
COLOURS = [SelectChoice("", "From the cover"), *(SelectChoice(tint, name) for tint, name in TINTS.items())]


def text_field(label: str, limit: int, **options: Any) -> StringField:
    """One line that may stay empty."""
    return StringField(label, [Length(max=limit, message=f"At most {limit} characters.")], **options)


def tint_field() -> RadioField:
    """The colour of a page: one of 25, or that of its cover."""
    return RadioField("Colour of its pages", choices=COLOURS, default="")


class VersionField(HiddenField):  # type: ignore[misc]
    """Which version of a thing a form was filled from, so that nobody overwrites another unseen."""

    def number(self) -> int | None:
        sent = self.data or ""
        return int(sent[:9]) if sent.isdecimal() else None


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show what a service refused beside the fields that it names."""

    def refuse(self, refused: Refused) -> None:
        for name, sentences in refused.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
        if not any(name in self for name in refused.errors):
            self.form_errors.append(refused.sentence)
