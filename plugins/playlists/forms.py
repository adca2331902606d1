"""What people are asked about playlists: shape only, the services decide."""

import re
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from musicapp.errors import Refused

VISIBILITIES = [
    SelectChoice("private", "Private"),
    SelectChoice("unlisted", "Unlisted"),
    SelectChoice("public", "Public"),
]
ROLES = [SelectChoice("editor", "May change it"), SelectChoice("viewer", "May see it")]
PICTURE = "JPEG, PNG or WebP, square, at most 25 megapixels. Without one, the covers of its albums are shown."

WHOLE = re.compile(r"[0-9]{1,9}")


class RevisionField(HiddenField):  # type: ignore[misc]
    """Upon which revision of a playlist a form was filled, so that nobody overwrites another unseen."""

    def number(self) -> int | None:
        return int(self.data) if WHOLE.fullmatch(self.data or "") else None


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show what a service refused beside the fields that it names."""

    def refuse(self, refused: Refused) -> None:
        for name, sentences in refused.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
        if not any(name in self for name in refused.errors):
            self.form_errors.append(refused.sentence)


class PlaylistForm(Form):
    """What a playlist is called, who sees it, and its cover."""

    revision = RevisionField()
    name = StringField("Name", [InputRequired("Give it a name."), Length(max=120, message="At most 120 characters.")])
    description = TextAreaField("About it", [Length(max=2_000, message="At most 2,000 characters.")])
    visibility = RadioField("Who sees it", choices=VISIBILITIES, default="private")
    cover = FileField("Cover", description=PICTURE)
    without_cover = BooleanField("Show the covers of its albums instead")

    def words(self) -> dict[str, Any]:
        """As the services take it."""
        return {"name": self.name.data, "description": self.description.data, "visibility": self.visibility.data}


class CollaboratorForm(Form):
    """Whom the owner lets in, by the name that they go by here."""

    name = StringField("Name", [InputRequired("Say whom you mean.")])
    role = SelectField("They", choices=ROLES, default="editor")
