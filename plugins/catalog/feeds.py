"""Feeds as RSS 2.0, with the words of podcasts where there is sound to fetch. Knows of no request and no table."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
GUIDS_OF_PODCASTS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
register_namespace("atom", ATOM)
register_namespace("itunes", ITUNES)
register_namespace("podcast", PODCAST)


@dataclass(frozen=True)
class Sound:
    """A file that a feed hands out; `size_bytes` is what it weighs."""

    url: str
    mime: str
    size_bytes: int
    duration_s: float | None


@dataclass(frozen=True)
class Entry:
    """One thing in a feed; all addresses are whole."""

    title: str
    url: str
    words: str
    by: str
    published_at: datetime
    picture_url: str | None = None
    explicit: bool = False
    sound: Sound | None = None


@dataclass(frozen=True)
class Feed:
    """What a feed says of itself; `url` is the page that it follows, `feed_url` its own address."""

    title: str
    url: str
    feed_url: str
    words: str
    by: str
    picture_url: str | None
    entries: Sequence[Entry]


def write_feed(feed: Feed) -> bytes:
    """The feed as a document."""
    rss = Element("rss", {"version": "2.0"})
    channel = SubElement(rss, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.url)
    add(channel, "description", feed.words)
    SubElement(channel, f"{{{ATOM}}}link", {"href": feed.feed_url, "rel": "self", "type": "application/rss+xml"})
    if feed.entries:
        add(channel, "lastBuildDate", format_datetime(max(entry.published_at for entry in feed.entries)))
    if feed.picture_url:
        image = SubElement(channel, "image")
        for name, text in (("url", feed.picture_url), ("title", feed.title), ("link", feed.url)):
            add(image, name, text)
    if any(entry.sound for entry in feed.entries):
        add_podcast(channel, feed)
    for entry in feed.entries:
        add_entry(channel, entry)
    return tostring(rss, encoding="utf-8", xml_declaration=True)


def add_podcast(channel: Element, feed: Feed) -> None:
    """What podcast programs want to know of a feed with sound."""
    add(channel, f"{{{ITUNES}}}author", feed.by)
    add(channel, f"{{{ITUNES}}}type", "episodic")
    add(channel, f"{{{ITUNES}}}explicit", in_words(any(entry.explicit for entry in feed.entries)))
    SubElement(channel, f"{{{ITUNES}}}category", {"text": "Music"})
    if feed.picture_url:
        SubElement(channel, f"{{{ITUNES}}}image", {"href": feed.picture_url})
    address = feed.feed_url.partition("://")[2].rstrip("/")
    add(channel, f"{{{PODCAST}}}guid", str(uuid.uuid5(GUIDS_OF_PODCASTS, address)))
    add(channel, f"{{{PODCAST}}}medium", "music")


def add_entry(channel: Element, entry: Entry) -> None:
    item = SubElement(channel, "item")
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.url, isPermaLink="true")
    add(item, "pubDate", format_datetime(entry.published_at))
    add(item, "description", entry.words)
    if entry.sound is None:
        return
    file = {"url": entry.sound.url, "type": entry.sound.mime, "length": str(entry.sound.size_bytes)}
    SubElement(item, "enclosure", file)
    add(item, f"{{{ITUNES}}}author", entry.by)
    add(item, f"{{{ITUNES}}}explicit", in_words(entry.explicit))
    if entry.sound.duration_s:
        add(item, f"{{{ITUNES}}}duration", str(round(entry.sound.duration_s)))
    if entry.picture_url:
        SubElement(item, f"{{{ITUNES}}}image", {"href": entry.picture_url})


def add(parent: Element, name: str, text: str, **attributes: str) -> None:
    SubElement(parent, name, attributes).text = "".join(kept(text))


def kept(text: str) -> Iterable[str]:
    """The characters of a text that may stand in a document of XML 1.0 at all."""
    for letter in text:
        if letter in "\t\n\r" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter >= "\U00010000":
            yield letter


def in_words(flag: bool) -> str:
    return "true" if flag else "false"
