"""Giving a playlist rules, and making a plain playlist of what they choose today."""

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from plugins.catalog import services as catalog
from plugins.catalog.services import Person
from plugins.playlists.models import Change, Playlist
from plugins.playlists.services.changing import note_change
from plugins.playlists.services.entries.adding import put_in
from plugins.playlists.services.limits import limits
from plugins.playlists.services.seeing import NOT_HERE, known_id, own_playlist
from plugins.playlists.services.smart.songs import Written, kept_rules

NOT_SMART = "This playlist has no rules; its songs are already its own."
CHANGED = (
    "The rules of this playlist changed meanwhile, perhaps in another tab. Save again to put these in their place."
)


def choose_by_rules(person: Person, playlist_id: int, raw: object, revision: int | None = None) -> None:
    """Let rules choose the songs of one's own playlist, which is smart already or has no songs yet.

    Raises Invalid with a sentence for each rule that does not fit; Conflict when the playlist has songs of its own, or
    its rules changed since `revision` (None: whatever they are).
    """
    rules = kept_rules(raw)
    with writing():
        playlist = own_playlist(person, playlist_id)
        if playlist.rules is None and playlist.songs_count:
            sentence = "This playlist has songs of its own. Make a new one for rules."
            raise Conflict(sentence, {"rules": [sentence]})
        if rules == playlist.rules:
            return
        refuse_if_others(playlist, revision)
        playlist.rules = rules
        note_change(playlist, person, "rules")


def refuse_if_others(playlist: Playlist, revision: int | None) -> None:
    """Refuse rules written upon older ones."""
    query = sa.select(Change.of).where(Change.playlist_id == playlist.id, Change.kind == "rules")
    last = session().scalar(query.order_by(Change.id.desc()).limit(1)) if revision is not None else None
    if last is not None and last["revision"] > revision:
        raise Conflict(CHANGED)


def freeze_playlist(person: Person, playlist_id: int) -> int:
    """Make one's own smart playlist a plain one of the songs that its rules choose now; answers how many they are.

    As many are kept as a playlist may have. Raises Conflict when it is no smart playlist.
    """
    rules = own_rules(person, playlist_id)
    most = limits().songs_per_playlist
    read = catalog.read_rules(rules)
    song_ids = catalog.song_ids_by_rules(person, read, owner_id=person.id, seed=playlist_id, most=most)
    with writing():
        playlist = own_playlist(person, playlist_id)
        if playlist.rules != rules:
            raise Conflict("The rules of this playlist changed meanwhile. Look at them, then do it again.")
        playlist.rules = None
        note_change(playlist, person, "frozen", count=len(song_ids))
        if song_ids:
            put_in(playlist, person, song_ids)
    return len(song_ids)


def own_rules(person: Person, playlist_id: int) -> Written:
    """The rules of one's own playlist; raises NotFound for another's, Conflict where it has none."""
    mine = sa.and_(Playlist.id == known_id(playlist_id), Playlist.owner_id == person.id, Playlist.deleted_at.is_(None))
    row = session().execute(sa.select(Playlist.rules).where(mine)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    if row[0] is None:
        raise Conflict(NOT_SMART)
    rules: Written = row[0]
    return rules
