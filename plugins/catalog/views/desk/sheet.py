"""The sheet: many songs in one grid, saved row by row with scripts, all at once without; and acts on those chosen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from musicapp.errors import Refused
from plugins.catalog import plugin, services
from plugins.catalog.forms import RowForm
from plugins.catalog.services import DeskSong, Person, SongChanges
from plugins.catalog.services.attesting import ASKED
from plugins.catalog.services.limits import LARGEST_FORM
from plugins.catalog.views.asked import cursor_asked, next_url, person_here
from plugins.catalog.views.desk.answers import desk_page, offer_undo, undo_offered
from plugins.catalog.views.desk.home import id_asked, numbers_asked, wanted_here

ROWS = 100
COLUMNS = ("title", "disc_no", "track_no", "album", "genre", "year", "licence", "explicit")


@dataclass(frozen=True)
class Line:
    """A row of the sheet: a song and the form that edits it."""

    song: DeskSong
    form: RowForm


@plugin.get("/studio/songs", permission="catalog.publish")
def edit_songs() -> str:
    """Songs as rows: those of `?ids=1,2,3`, those of `?album=7`, or all of somebody's own."""
    songs, more = songs_asked(person_here())
    return sheet_page([Line(song, filled(song)) for song in songs], more)


def songs_asked(person: Person) -> tuple[Sequence[DeskSong], str]:
    """The songs that the address asks for, and where the list goes on."""
    ids = numbers_asked("ids")
    album_id = id_asked("album")
    if ids or album_id is not None:
        return services.sheet_songs(person, ids=ids, album_id=album_id), ""
    page = services.desk_songs(person, wanted_here(), limit=ROWS, cursor=cursor_asked())
    kept = {name: value for name, value in request.args.items() if name in ("artist", "state", "q")}
    return page.rows, next_url(page, **kept)


def filled(song: DeskSong) -> RowForm:
    """The form of a row as its song stands in the table."""
    row = song.row
    return RowForm(
        formdata=None,
        prefix=f"song-{row.id}-",
        version=song.version,
        title=row.title,
        disc_no=row.disc_no,
        track_no=row.track_no,
        album=row.album_title or "",
        genre=row.genre_name or "",
        year=row.year,
        licence=row.licence,
        explicit=row.explicit,
    )


@plugin.post("/studio/songs", endpoint="save_songs", permission="catalog.publish", max_body=LARGEST_FORM)
def save_songs() -> ResponseReturnValue:
    """Save every row that was changed, then do what was asked with the chosen songs; a bad row stops no other."""
    person = person_here()
    songs = services.sheet_songs(person, ids=request.form.getlist("rows", type=int))
    lines = in_order_sent([Line(song, RowForm(prefix=f"song-{song.row.id}-")) for song in songs])
    count = sum(save_line(person, line) for line in lines)
    if any(line.form.errors for line in lines):
        return sheet_page(lines, "", count), 422
    if count:
        flash("One song is saved." if count == 1 else f"{count} songs are saved.", "success")
    chosen = request.form.getlist("chosen", type=int)
    act = ACTS.get(request.form.get("act", ""))
    if act is not None:
        done_with(chosen, act)
    return back_to_sheet()


def in_order_sent(lines: list[Line]) -> list[Line]:
    places = {song_id: place for place, song_id in enumerate(request.form.getlist("rows", type=int))}
    return sorted(lines, key=lambda line: places[line.song.row.id])


def save_line(person: Person, line: Line) -> bool:
    """Whether a row was changed and is saved; what is wrong stands beside its fields."""
    if not line.form.validate():
        return False
    stands = filled(line.song)
    given = {name: line.form[name].data for name in COLUMNS if differs(line.form[name].data, stands[name].data)}
    if not given:
        return False
    try:
        services.change_song(person, line.song.row.id, cast(SongChanges, given), line.form.version.number())
    except Refused as refused:
        line.form.refuse(refused)
        line.form.version.data = line.song.version
        return False
    return True


def differs(sent: object, stands: object) -> bool:
    return (sent or None) != (stands or None)


def sheet_page(lines: Sequence[Line], more: str, saved: int = 0) -> str:
    person = person_here()
    return desk_page(
        "sheet.html",
        lines=lines,
        more=more,
        saved=saved,
        album_id=id_asked("album"),
        albums=services.album_titles(person),
        genres=services.list_genres(person),
        undo=undo_offered(),
        needs_rights=not all(line.song.has_rights for line in lines),
        rights_words=ASKED,
    )


def done_with(chosen: Sequence[int], act: Callable[[Person, Sequence[int]], None]) -> None:
    if chosen:
        act(person_here(), chosen)
    else:
        flash("Tick the songs first that this is meant for.", "error")


def each(chosen: Sequence[int], act: Callable[[int], Any]) -> list[int]:
    """Do something with each song by itself and answer those for which it went well; why not for others is said."""
    done = []
    for song_id in chosen:
        try:
            act(song_id)
            done.append(song_id)
        except Refused as refused:
            flash(refused.sentence, "error")
    return done


def publish_chosen(person: Person, chosen: Sequence[int]) -> None:
    rights = request.form.get("rights") is not None
    tell(each(chosen, lambda song_id: services.publish_song(person, song_id, rights=rights)), "published")


def unpublish_chosen(person: Person, chosen: Sequence[int]) -> None:
    done = each(chosen, lambda song_id: services.unpublish_song(person, song_id))
    tell(done, "drafts again", one="a draft again")


def move_chosen(person: Person, chosen: Sequence[int]) -> None:
    """Put the songs into the album of a title, made when new; without a title out of any."""
    album = request.form.get("move_to", "")
    changes = SongChanges(album=album)
    done = each(chosen, lambda song_id: services.change_song(person, song_id, changes))
    tell(done, f"in “{album}” now" if album.strip() else "in no album now")


def delete_chosen(person: Person, chosen: Sequence[int]) -> None:
    done = each(chosen, lambda song_id: services.delete_song(person, song_id))
    if done:
        what = "One song is" if len(done) == 1 else f"{len(done)} songs are"
        offer_undo(what, url_for(".restore_songs"), done)


def tell(done: Sequence[int], what: str, *, one: str = "") -> None:
    if done:
        flash(f"One song is {one or what}." if len(done) == 1 else f"{len(done)} songs are {what}.", "success")


ACTS = {"publish": publish_chosen, "unpublish": unpublish_chosen, "move": move_chosen, "delete": delete_chosen}


def back_to_sheet() -> Response:
    """The same sheet again."""
    return redirect(url_for(".edit_songs", **request.args.to_dict()), 303)  # type: ignore[arg-type]
