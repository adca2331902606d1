"""What the inbox holds of one person, as files for them."""

from collections.abc import Iterator

import sqlalchemy as sa

from musicapp.belongings import rows_as_files
from plugins.inbox.models import Alert, Preference


def own_data(person_id: int) -> Iterator[tuple[str, Iterator[bytes]]]:
    """What somebody was told, and what they want to be told."""
    columns = (Alert.kind, Alert.text, Alert.url, Alert.on_page, Alert.created_at, Alert.read_at)
    yield from rows_as_files("inbox/alerts", sa.select(*columns).where(Alert.user_id == person_id).order_by(Alert.id))
    chosen = sa.select(Preference.kind, Preference.channel, Preference.wanted).where(Preference.user_id == person_id)
    yield from rows_as_files("inbox/choices", chosen.order_by(Preference.kind, Preference.channel))
