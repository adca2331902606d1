"""What an artist is asked about files that are sent together."""

from datetime import datetime

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateTimeLocalField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional, StopValidation

from plugins.catalog.forms.fields import Form, text_field
from plugins.catalog.licences import LICENCES
from plugins.catalog.moments import publication
from plugins.catalog.services import ArtistCard
from plugins.catalog.services.attesting import ASKED

OWN_WORDS = "other"
WHEN = [
    SelectChoice("draft", "Keep as drafts"),
    SelectChoice("now", "Publish when ready"),
    SelectChoice("at", "Publish at a set time"),
]
USUAL = [SelectChoice(licence.name, licence.name) for licence in LICENCES]
NO_RIGHTS = "Tick this: only music that you made or may publish can be here."


def needed_when_chosen(form: "UploadForm", field: DateTimeLocalField) -> None:
    """Ask for the time of who wants one to be set."""
    if form.publish.data == "at" and not field.data:
        raise StopValidation("Say when.")


class UploadForm(Form):
    """What is said once about all files that are sent together."""

    audio = MultipleFileField("Files")
    artist_id = SelectField("Artist", coerce=int)
    album = text_field("Album", 200, description="Empty: as the files say, or none.")
    genre = text_field("Genre", 80, description="Empty: as the files say.")
    licence = SelectField(
        "Licence",
        choices=[SelectChoice("", "As the files say"), *USUAL, SelectChoice(OWN_WORDS, "Other words")],
        default="",
    )
    own_licence = text_field("The licence in your words", 200)
    explicit = BooleanField("These songs have explicit words")
    publish = RadioField("When can they be heard?", choices=WHEN, default="draft")
    at = DateTimeLocalField("Publish at", [needed_when_chosen, Optional()], description="By the site's clock.")
    rights = BooleanField(ASKED, [InputRequired(NO_RIGHTS)])

    def offer(self, artists: list[ArtistCard]) -> None:
        """Ask who the music is by, of those that somebody publishes as, when there is a choice."""
        if len(artists) > 1:
            self.artist_id.choices = [SelectChoice(artist.id, artist.name) for artist in artists]
        else:
            del self.artist_id

    def chosen_artist(self) -> int | None:
        """The artist who was chosen, or None where there was no choice."""
        return self.artist_id.data if "artist_id" in self else None

    def licence_words(self) -> str:
        """What songs will carry as their licence."""
        chosen = self.own_licence if self.licence.data == OWN_WORDS else self.licence
        return chosen.data or ""

    def moment(self) -> datetime | None:
        """When the songs are published, None for drafts."""
        return publication(self.at.data.isoformat() if self.publish.data == "at" else self.publish.data)
