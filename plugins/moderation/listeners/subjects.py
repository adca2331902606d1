"""The point at which other plugins say what can be reported."""

from plugins.moderation import plugin
from plugins.moderation.services.points import Subject

plugin.collects("moderation.subject", Subject)
