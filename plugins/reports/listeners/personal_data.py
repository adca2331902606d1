"""What reports hold of a person."""

from collections.abc import Iterator

from musicapp.belongings import Named
from plugins.reports import plugin
from plugins.reports.services import own_data


@plugin.contributes(
    "auth.personal_data",
    name="reports.reports",
    title="Reports and exports",
    words="Reports and reminders that you got, your exports and sheets, and the chats that you set up.",
    goes="All of it; the chats that you set up for the site stay with who runs it.",
    tables=[
        *("reports_report", "reports_reminder", "reports_reminder_turn", "reports_taken_out", "reports_brought_in"),
        "reports_chat",
    ],
    erase=own_data.erase,
    order=25,
)
def reports(person_id: int) -> Iterator[Named]:
    """Reports, exports, sheets and chats."""
    return own_data.own_data(person_id)
