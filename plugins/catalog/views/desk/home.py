"""The studio: what an artist has here, in which state, and what waits for them."""

from flask import request, url_for

from musicapp.routing import LARGEST_ID
from plugins.catalog import plugin, services
from plugins.catalog.forms import NewAlbumForm, NewArtistForm
from plugins.catalog.services import STATES, Person, StudioNumbers, Wanted
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url, person_here
from plugins.catalog.views.desk.answers import desk_page, undo_offered

FEW = 6
MOST_ASKED = 500
WORDS = {
    "draft": "Drafts",
    "scheduled": "Scheduled",
    "published": "Published",
    "processing": "Processing",
    "unreadable": "Unreadable",
    "hidden": "Hidden",
}


@plugin.get("/studio", permission="catalog.publish")
def studio() -> str:
    """An artist's own releases and songs, drafts and failures too."""
    person, cursor, wanted = person_here(), cursor_asked(), wanted_here()
    songs = services.desk_songs(person, wanted, limit=ROWS, cursor=cursor)
    numbers = services.studio_numbers(person, wanted.artist_id)
    begins = not cursor and wanted == Wanted(wanted.artist_id)
    asked = request.args.to_dict()
    return desk_page(
        "studio.html",
        artists=services.artists_of(person),
        wanted=wanted,
        numbers=numbers,
        states=state_chips(wanted, numbers),
        begins=begins,
        albums=services.desk_albums(person, wanted.artist_id, limit=ROWS).rows,
        few=FEW,
        songs=songs.rows,
        more=next_url(songs, **{name: asked[name] for name in ("artist", "album", "state", "q") if name in asked}),
        deleted=services.deleted_music(person) if begins else [],
        undo=undo_offered(),
        album_form=NewAlbumForm(formdata=None),
    )


@plugin.get("/studio/albums", permission="catalog.publish")
def studio_albums() -> str:
    """All albums of an artist."""
    person, wanted = person_here(), wanted_here()
    albums = services.desk_albums(person, wanted.artist_id, limit=ROWS, cursor=cursor_asked())
    more = next_url(albums, artist=wanted.artist_id) if wanted.artist_id else next_url(albums)
    return desk_page("studio_albums.html", albums=albums.rows, more=more, form=NewAlbumForm(formdata=None))


@plugin.get("/studio/artists", permission="catalog.publish")
def studio_artists() -> str:
    """The artists that somebody publishes as, and a form for one more."""
    return artists_page(person_here(), NewArtistForm(formdata=None))


def artists_page(person: Person, form: NewArtistForm) -> str:
    return desk_page("studio_artists.html", artists=services.artists_of(person), form=form)


def wanted_here() -> Wanted:
    """What the address asks for; what does not fit is passed over."""
    state = request.args.get("state", "")
    return Wanted(
        artist_id=id_asked("artist"),
        album_id=id_asked("album"),
        state=state if state in STATES else "",
        text=request.args.get("q", "").strip()[:200],
    )


def id_asked(name: str) -> int | None:
    number = request.args.get(name, type=int)
    return number if number is not None and 0 < number <= LARGEST_ID else None


def numbers_asked(name: str) -> list[int]:
    """The numbers of `?ids=1,2,3` that rows can have, at most 500."""
    words = request.args.get(name, "").split(",")[:MOST_ASKED]
    return [int(word) for word in words if word.isdecimal() and len(word) < 10]


def state_chips(wanted: Wanted, numbers: StudioNumbers) -> list[tuple[str, str, bool, int | None]]:
    """The filters by state that lead to something, with the number of songs behind each."""
    kept = {name: value for name, value in request.args.items() if name in ("artist", "album", "q")}
    chips: list[tuple[str, str, bool, int | None]] = [
        ("All", url_for(".studio", **kept), not wanted.state, numbers.songs)  # type: ignore[arg-type]
    ]
    for state in STATES:
        if numbers.by_state[state] or wanted.state == state:
            url = url_for(".studio", **kept, state=state)  # type: ignore[arg-type]
            chips.append((WORDS[state], url, wanted.state == state, numbers.by_state[state]))
    return chips
