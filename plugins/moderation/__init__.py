"""Moderation: what people report, the cases that come of it, and what is decided."""

from musicapp import Plugin

plugin = Plugin(
    "moderation", __name__, title="Moderation", requires=["auth", "inbox"], url_prefix="", api_prefix="/api"
)

plugin.right("moderation.moderate", roles=["moderator"])
