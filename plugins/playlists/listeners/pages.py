"""Where playlists show in other plugins' places, and what they do when others tell of something."""

from musicapp.addresses import url_of
from musicapp.errors import NotFound
from musicapp.jobs import enqueue
from musicapp.security import signed_in
from musicapp.site.found import Found
from plugins.auth.services import Person as Account
from plugins.catalog.events import SongsPurged
from plugins.catalog.services import Person, Subject
from plugins.playlists import plugin, services


@plugin.contributes("catalog.subject", name="playlist", word="playlist")
def playlist(person: Person | None, playlist_id: int) -> Subject | None:
    """A playlist that somebody may see."""
    try:
        found = services.playlist_detail(person, playlist_id)
    except NotFound:
        return None
    covers = found.card.covers
    return Subject(
        kind="playlist",
        id=found.card.id,
        title=found.card.name,
        by=found.card.owner_name,
        url=url_of("playlists.playlist", playlist_id=found.card.id),
        picture_url=covers[0] if covers else None,
        tint=found.card.tint,
        owner_ids=(found.card.owner_id,),
        is_public=found.is_public,
    )


@plugin.search("playlist")
def find_playlists(text: str, limit: int) -> list[Found]:
    """Public playlists, one's own and those shared with one, by their names."""
    return [playlist_result(card) for card in services.find_playlists(signed_in(), text, limit)]


def playlist_result(card: services.PlaylistCard) -> Found:
    covers = card.cover_urls(300)
    return Found(
        kind="playlist",
        title=card.name,
        url=url_of("playlists.playlist", playlist_id=card.id),
        detail=f"by {card.owner_name}",
        image_url=covers[0] if covers else "",
        tint=card.tint,
        shown_as="card",
    )


@plugin.contributes("inbox.kind", name="playlists.invited", title="Somebody shares a playlist with you")
def may_be_invited(_person: Account) -> bool:
    """Everybody can be."""
    return True


@plugin.contributes("inbox.kind", name="playlists.grew", title="A playlist that you follow has new songs")
def may_follow(_person: Account) -> bool:
    """Everybody may follow playlists."""
    return True


@plugin.on(SongsPurged, durable=True)
def count_anew(_purged: SongsPurged) -> None:
    """Make the counts of playlists right when songs went for ever, and their entries with them."""
    enqueue("playlists.count_anew", {})
