"""How long decisions can be appealed against, for plugins that keep what was removed."""

from plugins.moderation import plugin
from plugins.moderation.services import appealing


@plugin.contributes("site.appeal_time", name="moderation.appeals")
def appeal_time() -> int:
    """Days in which an appeal can be made and is to be answered, or those for which the oldest one waits."""
    return appealing.last_answer_after_days()
