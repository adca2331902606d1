"""Marking songs as explicit, as moderators decide: while they do, its artist cannot say otherwise."""

from musicapp.database import writing
from musicapp.errors import Invalid
from musicapp.plugins import emit
from plugins.catalog.events import SongChanged
from plugins.catalog.models import Song
from plugins.catalog.services.moderating.finding import locked_for_decision

STAYS = "Moderators marked this song explicit, so the mark stays. Their decision says why, and how to appeal."


def label_song(song_id: int) -> None:
    """Mark a song explicit, whatever its artist says."""
    with writing():
        song = locked_for_decision(Song, song_id)
        if song.explicit_said is None:
            song.explicit_said, song.explicit = song.explicit, True
            emit(SongChanged(song.id, song.artist_id))


def unlabel_song(song_id: int) -> None:
    """Let what its artist says of a song count again."""
    with writing():
        song = locked_for_decision(Song, song_id)
        if song.explicit_said is not None:
            song.explicit, song.explicit_said = song.explicit_said, None
            emit(SongChanged(song.id, song.artist_id))


def say_explicit(song: Song, explicit: bool) -> None:
    """Keep what its artist says of a song; raises Invalid where that would take a moderators' mark off."""
    if song.explicit_said is None:
        song.explicit = explicit
    elif not explicit:
        raise Invalid(STAYS, {"explicit": [STAYS]})
