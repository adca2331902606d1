"""What an artist is asked before music is published."""

from datetime import datetime

from wtforms import BooleanField, DateTimeLocalField
from wtforms.validators import Optional

from plugins.catalog.forms.fields import Form
from plugins.catalog.moments import publication
from plugins.catalog.services.attesting import ASKED


class PublishForm(Form):
    """When music can be heard: at once, or at a time of the site's clock; and that it may be."""

    at = DateTimeLocalField("Publish at", [Optional()])
    rights = BooleanField(ASKED)

    def moment(self) -> datetime | None:
        """The moment that was set, or None for at once."""
        return publication(self.at.data.isoformat()) if self.at.data else None
