"""A document as a mail: HTML for mail programs, the same in plain text, and its pictures as files inside the mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import render_template

from musicapp.blocks.lines import as_text
from musicapp.blocks.links import one_line
from musicapp.blocks.pictures import picture_of
from musicapp.blocks.shapes import Block, Section
from musicapp.mail import Picture


@dataclass(frozen=True)
class Rendered:
    """The two parts of a mail, and the pictures that its HTML shows."""

    text: str
    html: str
    pictures: list[Picture]


@dataclass(frozen=True)
class Footer:
    """Why somebody gets this mail, and links (words, whole address) such as those that end it."""

    words: str = ""
    links: Sequence[tuple[str, str]] = ()


@dataclass
class Drawer:
    """Draws the pictures of one mail and keeps them, each under the name by which its HTML shows it."""

    pictures: list[Picture] = field(default_factory=list)

    def name_of(self, block: Block) -> str:
        """The name of the block's picture, "" for a block that needs none."""
        png = picture_of(block)
        if png is None:
            return ""
        self.pictures.append(Picture(f"picture-{len(self.pictures) + 1}", png))
        return self.pictures[-1].name


def render(
    heading: str, sections: Sequence[Section], *, intro: str = "", preheader: str = "", footer: Footer | None = None
) -> Rendered:
    """A mail of a document, inside a request context with the site's address.

    `intro` is a sentence below the heading, `preheader` what lists of mails show after the subject (else the intro).
    """
    drawer, shown = Drawer(), [section for section in sections if section.blocks]
    said = {
        "heading": one_line(heading),
        "intro": one_line(intro),
        "preheader": one_line(preheader or intro),
        "footer": footer,
    }
    html = render_template("mail/document.html", sections=shown, name_of=drawer.name_of, **said)
    return Rendered(render_template("mail/document.txt", body=as_text(shown), **said), html, drawer.pictures)
