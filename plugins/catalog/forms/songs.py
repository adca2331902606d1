"""What an artist is asked about a song."""

from flask_wtf.file import FileField
from wtforms import BooleanField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length

from plugins.catalog.forms.fields import NEEDED, PICTURE, TRACK, YEAR, Form, text_field


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
