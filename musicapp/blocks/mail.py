"""A document as a mail: HTML for mail programs, the same in plain text, and its pictures as files inside the mail."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import render_template

from musicapp.blocks.lines import as_text
from musicapp.blocks.links import one_line
from musicapp.blocks.pictures import picture_of
from musicapp.blocks.pictures.covers import small_cover
from musicapp.blocks.shapes import Block, Line, Ranking, Section, Tiles
from musicapp.mail import Picture
from musicapp.pictured import picture_keys

MOST_COVERS = 10


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
    """Draws the pictures of one mail and keeps them, each under the name by which its HTML shows it.

    `cover_keys` are the stored covers of its lines, by the addresses that pages show them by.
    """

    cover_keys: dict[str, str]
    pictures: list[Picture] = field(default_factory=list)
    covers: dict[str, str] = field(default_factory=dict)

    def name_of(self, block: Block) -> str:
        """The name of the block's picture, "" for a block that needs none."""
        png = picture_of(block)
        return self.keep(Picture(f"picture-{len(self.pictures) + 1}", png)) if png is not None else ""

    def cover_of(self, line: Line) -> str:
        """The name of a line's cover; "" where it has none, or the mail has as many as it may carry."""
        key = self.cover_keys.get(line.picture_url, "")
        if key not in self.covers and len(self.covers) < MOST_COVERS:
            jpeg = small_cover(key) if key else None
            if jpeg is not None:
                self.covers[key] = self.keep(Picture(f"picture-{len(self.pictures) + 1}", jpeg, "jpeg"))
        return self.covers.get(key, "")

    def keep(self, picture: Picture) -> str:
        self.pictures.append(picture)
        return picture.name


def render(
    heading: str,
    sections: Sequence[Section],
    *,
    intro: str = "",
    preheader: str = "",
    footer: Footer | None = None,
    reader: Any = None,
) -> Rendered:
    """A mail of a document, inside a request context with the site's address.

    `intro` is a sentence below the heading, `preheader` what lists of mails show after the subject (else the intro).
    Covers are those that the `reader` may see, None being a visitor.
    """
    shown = [section for section in sections if section.blocks]
    drawer = Drawer(picture_keys(reader, pictured_in(shown)))
    said = {
        "heading": one_line(heading),
        "intro": one_line(intro),
        "preheader": one_line(preheader or intro),
        "footer": footer,
    }
    html = render_template("mail/document.html", sections=shown, drawer=drawer, **said)
    return Rendered(render_template("mail/document.txt", body=as_text(shown), **said), html, drawer.pictures)


def pictured_in(sections: Sequence[Section]) -> set[str]:
    """The addresses of the covers that stand beside lines."""
    lists = (block for section in sections for block in section.blocks if isinstance(block, Ranking | Tiles))
    return {line.picture_url for block in lists for line in block.lines}
