"""What moderators decide about music, and what they look at before: verbs that undo each other, each for itself.

Who may decide is known to who calls them; inside `writing()` they join its unit of work.
"""

from plugins.catalog.services.moderating.hiding import (
    hide_album,
    hide_artist,
    hide_song,
    show_album,
    show_artist,
    show_song,
)
from plugins.catalog.services.moderating.labelling import label_song, unlabel_song
from plugins.catalog.services.moderating.removing import (
    bring_back_album,
    bring_back_song,
    remove_album,
    remove_song,
)

__all__ = [
    "bring_back_album",
    "bring_back_song",
    "hide_album",
    "hide_artist",
    "hide_song",
    "label_song",
    "remove_album",
    "remove_song",
    "show_album",
    "show_artist",
    "show_song",
    "unlabel_song",
]
