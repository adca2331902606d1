"""What the owner of a site sets for reports."""

from musicapp.settings import Settings, setting
from plugins.reports import plugin


class ReportsSettings(Settings):
    """What people get without asking, and how often."""

    mail_unasked: bool = setting(
        True, "Reports and reminders are mailed to people who never said no; otherwise only to those who ask for them."
    )


limits = plugin.settings(ReportsSettings)
