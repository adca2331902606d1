"""What a site's owner says of a chat."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from musicapp.errors import Refused
from plugins.auth.services import Person
from plugins.reports.services.chats import SERVICES, topics_for

NAME = [InputRequired("Give it a name."), Length(max=80, message="At most 80 characters.")]
LONG = Length(max=2_000, message="At most 2,000 characters.")
SECRET = "It is a secret: whoever knows it can post there. It is not shown whole again."


class ChatForm(FlaskForm):  # type: ignore[misc]
    """What a chat is called, where it is, and what it is told."""

    service = RadioField(
        "Where", choices=[SelectChoice(one.name, one.title) for one in SERVICES.values()], default="google_chat"
    )
    name = StringField("Name", NAME, description="As you speak of it, such as Music room.")
    address = StringField("Address", [InputRequired("Give its address."), LONG], description=SECRET)
    topics = SelectMultipleField("What it is told", widget=ListWidget(), option_widget=CheckboxInput())

    def __init__(self, person: Person, **given: Any) -> None:
        super().__init__(**given)
        self.topics.choices = [SelectChoice(topic.name, topic.title) for topic in topics_for(person)]

    def refuse(self, refused: Refused) -> None:
        """Show what a service refused beside the fields that it names."""
        for name, sentences in refused.errors.items():
            if name in self:
                self[name].errors = [*self[name].errors, *sentences]
        if not any(name in self for name in refused.errors):
            self.form_errors.append(refused.sentence)


class ChangeChatForm(ChatForm):
    """The same of a chat that is there: its service stays, and its address where none is given."""

    service = None
    address = StringField("Another address", [LONG], description=f"Left empty, it stays. {SECRET}")
