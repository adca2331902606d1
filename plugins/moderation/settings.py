"""What the owner of a site may decide about moderation: `MUSICAPP_MODERATION_<NAME>`, or the site's own settings."""

from musicapp.settings import Settings, setting
from plugins.moderation import plugin


class ModerationSettings(Settings):
    """How soon reports are to be answered, how long owners may appeal, and how much anybody may report."""

    answer_hours: int = setting(48, "Hours in which a report or an appeal should be answered.", ge=1, le=720)
    taken_hours: int = setting(24, "Hours after which another moderator may take over a case.", ge=1, le=720)
    appeal_days: int = setting(14, "Days in which an owner may appeal against a decision.", ge=1, le=365)
    reports: int = setting(30, "Reports that one person may send in an hour.", ge=1)
    rules: str = setting(
        "", "The rules: paragraphs, headings after a #. Empty: those it comes with.", max_length=20_000
    )
    visitor_reports: int = setting(5, "Reports of visitors from one network address in an hour.", ge=1)


limits = plugin.settings(ModerationSettings)
