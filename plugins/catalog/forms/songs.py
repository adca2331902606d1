"""What an artist is asked about songs: one by itself, or as a row of a sheet."""

from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from plugins.catalog.forms.fields import (
    DISC,
    NEEDED,
    PICTURE,
    TRACK,
    YEAR,
    Form,
    VersionField,
    text_field,
    tint_field,
)
from plugins.catalog.forms.pairs import PairsField


class RowForm(Form):
    """What a sheet of songs says about each; the page's own token stands once for all rows."""

    class Meta:
        csrf = False

    version = VersionField()
    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    disc_no = IntegerField("Disc", DISC)
    track_no = IntegerField("Track", TRACK)
    year = IntegerField("Year", YEAR)
    album = text_field("Album", 200)
    genre = text_field("Genre", 80)
    licence = text_field("Licence", 200)
    explicit = BooleanField("Explicit")


class SongForm(Form):
    """What is said about one song."""

    version = VersionField()
    title = StringField("Title", [NEEDED, Length(max=200, message="At most 200 characters.")])
    album = text_field("Album", 200, description="One of yours, or a new one. Empty: a single.")
    track_no = IntegerField("Track", TRACK)
    disc_no = IntegerField("Disc", DISC)
    genre = text_field("Genre", 80)
    year = IntegerField("Year", YEAR)
    released_on = DateField("Release date", [Optional()])
    licence = text_field("Licence", 200, description="One of the usual ones, or your own words.")
    explicit = BooleanField("Explicit words")
    description = TextAreaField("About this song", [Length(max=10_000, message="At most 10,000 characters.")])
    credits = PairsField("Credits", "role", "name")
    lyrics = TextAreaField(
        "Lyrics",
        [Length(max=20_000, message="At most 20,000 characters.")],
        description="Plain, or timed line by line: [01:15.00] and then the words.",
    )
    tint = tint_field()
    cover = FileField("Cover", description=PICTURE)
