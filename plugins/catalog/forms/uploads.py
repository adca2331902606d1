"""What an artist is asked about files that are sent together."""

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, RadioField, SelectChoice, SelectField

from plugins.catalog.forms.fields import Form, text_field

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
