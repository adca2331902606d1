"""What moderation holds of a person."""

from collections.abc import Iterator

from musicapp.belongings import Named
from plugins.moderation import plugin
from plugins.moderation.services import erasing, own_data


@plugin.contributes(
    "auth.personal_data",
    name="moderation.cases",
    title="Moderation",
    words="What you reported, what was decided about your things, and your appeals.",
    goes="Your words go. What was decided stays as a record, without you in it.",
    tables=[
        *("moderation_case", "moderation_case_owner", "moderation_report", "moderation_decision"),
        *("moderation_concerned", "moderation_appeal"),
    ],
    erase=erasing.erase,
    order=5,
)
def cases(person_id: int) -> Iterator[Named]:
    """Reports, decisions, appeals."""
    return own_data.own_data(person_id)
