"""One message as each chat service takes it: what people wrote stays plain words, and nobody is called by it."""

import re
from html import escape
from typing import Any

from plugins.reports.services.chats.messages import Message

Body = dict[str, Any]
MARKS = re.compile(r"([\\`*_{}\[\]()#+\-!>~|])")
PLAIN_LINK = re.compile(r"https?://[\w./?=&%:~#-]+", re.ASCII)


def for_google_chat(message: Message) -> Body:
    """A card; its text is a small HTML."""
    said = "<br>".join([f"<b>{escape(message.title)}</b>", *map(linked, message.lines)])
    widgets: list[Body] = [{"textParagraph": {"text": said}}]
    opened = {"onClick": {"openLink": {"url": message.url}}} if message.url else {}
    if message.picture_url.startswith("https://"):
        widgets.append({"image": {"imageUrl": message.picture_url, "altText": message.title, **opened}})
    if message.url:
        widgets.append({"buttonList": {"buttons": [{"text": "Open", **opened}]}})
    card = {"cardId": "post", "card": {"sections": [{"widgets": widgets}]}}
    return {"fallbackText": message.title, "cardsV2": [card]}


def linked(line: str) -> str:
    """A line of HTML, in which addresses are links."""
    return " ".join(
        f'<a href="{escape(word)}">{escape(word)}</a>' if PLAIN_LINK.fullmatch(word) else escape(word)
        for word in line.split(" ")
    )


def for_slack(message: Message) -> Body:
    """An attachment without mark-up, in which only &, < and > mean something."""
    attachment = {
        "fallback": as_words(message.title),
        "title": as_words(message.title),
        "text": as_words("\n".join(message.lines)),
        "mrkdwn_in": [],
        **({"title_link": message.url} if message.url else {}),
        **({"thumb_url": message.picture_url} if message.picture_url else {}),
    }
    return {"attachments": [attachment]}


def as_words(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def for_mattermost(message: Message) -> Body:
    """An attachment in Markdown, with every mark in people's words taken for what it is."""
    title = f"[{unmarked(message.title)}]({message.url})" if message.url else unmarked(message.title)
    attachment = {
        "fallback": message.title,
        "text": "\n".join([f"**{title}**", *map(unmarked, message.lines)]),
        **({"thumb_url": message.picture_url} if message.picture_url else {}),
    }
    return {"attachments": [attachment]}


def for_discord(message: Message) -> Body:
    """An embed in Markdown that may call nobody."""
    embed: Body = {"title": unmarked(message.title), "description": "\n".join(map(unmarked, message.lines))}
    if message.url:
        embed["url"] = message.url
    if message.picture_url:
        embed["thumbnail"] = {"url": message.picture_url}
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def unmarked(line: str) -> str:
    """A line whose signs mean nothing in Markdown; addresses in it stay links."""
    return " ".join(word if PLAIN_LINK.fullmatch(word) else MARKS.sub(r"\\\1", word) for word in line.split(" "))


def for_webhook(message: Message) -> Body:
    """The message as it is, for programs."""
    return vars(message).copy()
