"""Tints: the one colour that music lends to its pages, found from its cover or chosen by its artist."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Invalid
from plugins.catalog.models import Album, Artist, Cover, Song

FROM_COVER = ""
# By hue, 15° apart, as `tokens.css` draws them.
NAMES = (
    "Rose",
    "Coral",
    "Vermilion",
    "Rust",
    "Amber",
    "Honey",
    "Mustard",
    "Olive",
    "Moss",
    "Leaf",
    "Fern",
    "Jade",
    "Sea green",
    "Teal",
    "Lagoon",
    "Sky",
    "Steel",
    "Blue",
    "Iris",
    "Violet",
    "Purple",
    "Orchid",
    "Blackcurrant",
    "Raspberry",
)
TINTS = {**{str(number): name for number, name in enumerate(NAMES)}, "grey": "Grey"}


def choose_tint(wearer: Song | Album | Artist, tint: str) -> None:
    """Give music the tint that its artist chose, or with `FROM_COVER` that of its cover again; inside `writing()`."""
    if tint != FROM_COVER and tint not in TINTS:
        sentence = "There is no such colour: 0 to 23, grey, or nothing for that of the cover."
        raise Invalid(sentence, {"tint": [sentence]})
    wearer.tint_is_chosen = tint != FROM_COVER
    wearer.tint = tint or tint_of_cover(wearer.cover_id)


def tint_of_cover(cover_id: int | None) -> str:
    if cover_id is None:
        return "grey"
    return session().scalars(sa.select(Cover.tint).where(Cover.id == cover_id)).one()
