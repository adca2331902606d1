"""What people are asked about an artist."""

from flask_wtf.file import FileField
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from plugins.catalog.forms.fields import PICTURE, Form, tint_field
from plugins.catalog.forms.pairs import PairsField

NAME = [InputRequired("Give a name."), Length(max=120, message="At most 120 characters.")]


class ArtistForm(Form):
    """What is said about an artist."""

    name = StringField("Name", NAME)
    bio = TextAreaField("About", [Length(max=5_000, message="At most 5,000 characters.")])
    links = PairsField("Links", "label", "url")
    tint = tint_field()
    cover = FileField("Picture", description=PICTURE)


class NewArtistForm(Form):
    """What one more artist is called."""

    name = StringField("Name", NAME)
