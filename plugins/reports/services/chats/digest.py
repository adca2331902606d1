"""The digest of a day, for chats that are told of it: the sections of the audience `digest`, in words."""

from datetime import date, timedelta
from functools import partial

from flask import current_app

from musicapp.blocks import Section
from musicapp.blocks.chat import in_words
from musicapp.database import writing
from musicapp.plugins.slots import contained, contributions
from musicapp.site.stored_settings import site_settings
from musicapp.spans import span_to
from plugins.reports.services.chats.messages import Message, message_of
from plugins.reports.services.chats.news import listening_to
from plugins.reports.services.chats.posting import post
from plugins.reports.services.chats.topics import DIGEST
from plugins.reports.services.points import ReportSection

LATEST = timedelta(days=2)


def post_digest(on: date, today: date) -> None:
    """Tell chats of one day; of none that lies long back, since a site that slept has nothing to say of its nights."""
    listening = listening_to(DIGEST.name) if today - on <= LATEST else []
    message = digest_of(on) if listening else None
    if message is None:
        return
    with writing():
        for chat in listening:
            post(chat.chat_id, DIGEST.name, {f"{DIGEST.name} {on.isoformat()}": message})


def digest_of(on: date) -> Message | None:
    """What happened on a day of the site's clock; None when that was nothing."""
    given: list[ReportSection] = [one for one in contributions("reports.section") if one.audience == "digest"]
    lines: list[str] = []
    for one in sorted(given, key=lambda one: one.order):
        if said := contained("A plugin", one.name, partial(words_of, one, on)):
            lines += [*([""] if lines else []), *said]
    if not lines:
        return None
    title = f"{site_settings().name} on {on:%A}, {on.day} {on:%B}"
    return message_of(title, lines, current_app.config["SITE_URL"])


def words_of(one: ReportSection, on: date) -> list[str]:
    """What one part says of a day; with a session of its own, so that one which breaks it breaks no other."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return in_words([Section(one.heading, list(one.call(0, 0, span_to(on, 1))))])
