"""What everybody may read: the rules of the site."""

from flask import render_template

from plugins.moderation import plugin
from plugins.moderation.services import rules as kept
from plugins.moderation.settings import limits

plugin.nav("Rules", ".rules", permission="public", icon="book-open", place="account")


@plugin.get("/rules", permission="public")
def rules() -> str:
    """What is asked of everybody here, and what moderators go by."""
    return render_template("moderation/rules.html", chapters=kept.rules(), appeal_days=limits().appeal_days)
