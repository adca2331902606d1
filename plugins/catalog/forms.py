"""The forms of music: what artists are asked, in which shape. The rules are the services'."""

from datetime import datetime

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from musicapp.errors import Refused
from plugins.catalog.moments import publication

NEEDED = InputRequired("Give it a title.")
YEAR = [Optional(), NumberRange(1000, 2999, "A year such as 2026.")]
TRACK = [Optional(), NumberRange(1, 9999, "A number from 1 to 9999.")]
PICTURE = "JPEG, PNG or WebP, square, at most 25 megapixels."
WHEN = [SelectChoice("draft", "Keep as drafts"), SelectChoice("now", "Publish when ready")]
LICENCES = (
    "",
    "All rights reserved",
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC BY-ND 4.0",
    "CC BY-NC 4.0",
    "CC BY-NC-SA 4.0",
    "CC BY-NC-ND 4.0",
    "CC0 1.0",
)


def text_field(label: str, limit: int, **options: str) -> StringField:
    return StringField(label, [Length(max=limit, message=f"At most {limit} characters.")], **options)


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show what a service refused beside the fields that it names."""

    def refuse(self, refused: Refused) -> None:
        for name, sentences in refused.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
        if not any(name in self for name in refused.errors):
            self.form_errors.append(refused.sentence)


class UploadForm(Form):
    """What is said once about all files that are sent together."""

    audio = MultipleFileField("Files")
    album = text_field("Album", 200, description="Empty: as the files say, or none.")
    genre = text_field("Genre", 80, description="Empty: as the files say.")
    licence = SelectField(
        "Licence", choices=[SelectChoice(name, name or "As the files say") for name in LICENCES], default=""
    )
    explicit = BooleanField("These songs have explicit words")
    publish = RadioField("When can they be heard?", choices=WHEN, default="draft")


class SongForm(Form):
    """What is said about one song."""

    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    album = text_field("Album", 200, description="One of yours, or a new one. Empty: a single.")
    track_no = IntegerField("Number in the album", TRACK)
    genre = text_field("Genre", 80)
    year = IntegerField("Year", YEAR)
    licence = text_field("Licence", 200, description="Such as CC BY-SA 4.0.")
    explicit = BooleanField("Explicit words")
    lyrics = TextAreaField("Lyrics", [Length(max=20_000, message="At most 20,000 characters.")])
    cover = FileField("Cover", description=PICTURE)


class AlbumForm(Form):
    """What is said about an album."""

    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    genre = text_field("Genre", 80)
    year = IntegerField("Year", YEAR)
    released_on = DateField("Release date", [Optional()])
    description = TextAreaField("About this album", [Length(max=10_000, message="At most 10,000 characters.")])
    cover = FileField("Cover", description=PICTURE)


class PublishForm(Form):
    """When music can be heard: at once, or at a time of the site's clock."""

    at = DateTimeLocalField("Publish at", [Optional()])

    def moment(self) -> datetime | None:
        """The moment that was set, or None for at once."""
        return publication(self.at.data.isoformat()) if self.at.data else None


class ArtistForm(Form):
    """What is said about an artist."""

    name = StringField("Name", [InputRequired("Give a name."), Length(max=120, message="At most 120 characters.")])
    bio = TextAreaField("About", [Length(max=5_000, message="At most 5,000 characters.")])
    cover = FileField("Picture", description=PICTURE)
