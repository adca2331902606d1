"""What an artist is asked about an album."""

from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from plugins.catalog.forms.fields import NEEDED, PICTURE, YEAR, Form, text_field


class AlbumForm(Form):
    """What is said about an album."""

    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    genre = text_field("Genre", 80)
    year = IntegerField("Year", YEAR)
    released_on = DateField("Release date", [Optional()])
    description = TextAreaField("About this album", [Length(max=10_000, message="At most 10,000 characters.")])
    cover = FileField("Cover", description=PICTURE)
