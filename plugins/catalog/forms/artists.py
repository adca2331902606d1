"""What people are asked about an artist."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from plugins.catalog.forms.fields import PICTURE, Form


class ArtistForm(Form):
    """What is said about an artist."""

    name = StringField("Name", [InputRequired("Give a name."), Length(max=120, message="At most 120 characters.")])
    bio = TextAreaField("About", [Length(max=5_000, message="At most 5,000 characters.")])
    cover = FileField("Picture", description=PICTURE)
