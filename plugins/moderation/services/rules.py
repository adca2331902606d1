"""The rules of the site, which reports, decisions and appeals refer to: what its owner wrote, or what it comes with."""

from dataclasses import dataclass, field

from plugins.moderation.settings import limits

AS_IT_COMES = """
This place belongs to everybody who makes and hears music here. What stands below is what we ask of each other, and
what moderators go by when something is reported.

# Publish what is yours

Upload what you made, or what its authors let you publish. A cover of somebody's song needs the licence for it, a
recording of somebody else their consent. Name those who took part.

# Say what it is

Title, artist, year and cover tell what is to be heard. Mark as explicit what not everybody wants to hear, above all
children. Do not upload the same song again and again, and no advertisements in the clothes of songs.

# Be kind

Criticise songs as you like, and leave people as they are. No hatred for what somebody is, no threats, no private
matters of others, not in songs, not in names, pictures, playlists or comments.

# What happens when something is reported

A moderator looks at it and decides: it stays, its owner is warned, it is marked as explicit, hidden until it is
fixed, or taken down. Who does such things again and again may be suspended for a time. The owner is told what was
decided and why, and never who reported it. Who reported it is told what became of it.

# If you think that we are wrong

Every decision says how to appeal against it. Another moderator than the one who decided looks at it anew, and
answers you in words.
"""


@dataclass(frozen=True)
class Chapter:
    """Some paragraphs of the rules; the first ones have no heading."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)


def rules() -> list[Chapter]:
    """The rules in their order."""
    chapters = [Chapter("")]
    for part in (limits().rules or AS_IT_COMES).replace("\r\n", "\n").split("\n\n"):
        text = " ".join(part.split())
        if text.startswith("#"):
            chapters.append(Chapter(text.lstrip("#").strip()))
        elif text:
            chapters[-1].paragraphs.append(text)
    return [chapter for chapter in chapters if chapter.heading or chapter.paragraphs]
