"""A batch of files that were read, made songs of: brought into the store, and written down in one commit."""

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import enqueue
from musicapp.storage import media_store
from plugins.catalog.services.folders.arriving import Arrival, Refusal, bring_in, sorted_out
from plugins.catalog.services.folders.changing import change_songs
from plugins.catalog.services.folders.kept import Kept
from plugins.catalog.services.folders.looking import Look
from plugins.catalog.services.folders.places import find_places
from plugins.catalog.services.folders.songs import make_songs
from plugins.catalog.services.folders.suspects import Read
from plugins.catalog.services.inserting import one_at_a_time


def keep(look: Look, reads: list[Read], artist_id: int | None) -> None:
    """Make songs of files; each lies in the store before its row is written, so that no song is ever without one."""
    good, refusals = sorted_out(reads)
    store = media_store()
    taking = store.taking(kind="audio", way=look.wishes.way)
    try:
        arrivals = list(bring_in(look, good, taking))
        taking.settle()
        with writing():
            kept = written_down(look, arrivals, refusals, artist_id)
    except BaseException:
        taking.undo()
        raise
    for key in kept.useless:
        store.delete(key)


def written_down(look: Look, arrivals: list[Arrival], refusals: list[Refusal], artist_id: int | None) -> Kept:
    """Write what files became, and the job that finds covers, which leads on to the others; inside `writing()`."""
    one_at_a_time("catalog: folders")
    kept = Kept()
    published_at = now() if look.wishes.publish else None
    find_places(arrivals, artist_id, published_at)
    make_songs(look, kept, [one for one in arrivals if one.suspect.song_id is None], published_at)
    change_songs(look, kept, [one for one in arrivals if one.suspect.song_id is not None])
    for refusal in refusals:
        kept.note(refusal.suspect, refusal.suspect.song_id, problem=refusal.problem)
        look.count("refused")
    kept.write_rows()
    if kept.to_finish:
        enqueue("catalog.find_covers", {"song_ids": kept.to_finish})
    return kept
