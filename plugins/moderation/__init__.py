"""Moderation: what people report, the cases that come of it, and what is decided."""

from musicapp import Plugin
from plugins.moderation.services.points import Subject

plugin = Plugin(
    "moderation", __name__, title="Moderation", requires=["auth", "inbox"], url_prefix="", api_prefix="/api"
)

plugin.right("moderation.moderate", roles=["moderator"])
plugin.collects("moderation.subject", Subject)
