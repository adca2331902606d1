"""What an artist is asked about an album."""

from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from plugins.catalog.forms.fields import NEEDED, PICTURE, YEAR, Form, VersionField, text_field, tint_field
from plugins.catalog.forms.pairs import PairsField

KINDS = [
    SelectChoice("album", "Album"),
    SelectChoice("ep", "EP"),
    SelectChoice("single", "Single"),
    SelectChoice("compilation", "Compilation"),
    SelectChoice("live", "Live recording"),
]


class AlbumForm(Form):
    """What is said about an album."""

    version = VersionField()
    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    kind = SelectField("Kind", choices=KINDS, default="album")
    genre = text_field("Genre", 80)
    year = IntegerField("Year", YEAR)
    released_on = DateField("Release date", [Optional()])
    description = TextAreaField("About this album", [Length(max=10_000, message="At most 10,000 characters.")])
    credits = PairsField("Credits", "role", "name")
    tint = tint_field()
    cover = FileField("Cover", description=PICTURE)


class NewAlbumForm(Form):
    """What an album is called before anything is in it."""

    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
