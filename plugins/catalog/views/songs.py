"""A song by itself."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import links_of_lists
from plugins.catalog.lyrics import plain_words, timed_lines
from plugins.catalog.services import Person, SongRow
from plugins.catalog.services.comments import moments_of
from plugins.catalog.services.nearness import seed_of_song, songs_like
from plugins.catalog.views.grouping import licences_of
from plugins.catalog.views.sound_words import format_words, loudness_words
from plugins.catalog.waveform_marks import marks

MORE = 5
SIMILAR = 6


@plugin.get("/songs/<int:song_id>", permission="listen")
def song(song_id: int) -> str:
    """One song: its waveform, words, makers and facts, and what goes with it."""
    greet_visitor()
    person = signed_in()
    detail = services.song_detail(person, song_id)
    others = others_by(person, detail.row)
    similar = songs_like(person, seed_of_song(detail.row), SIMILAR, without_artist=detail.row.artist_id)
    (link,), other_links, similar_links = links_of_lists([detail.row], others, similar)
    return render_template(
        "catalog/song.html",
        song=detail.row,
        detail=detail,
        link=link,
        public_sound=link["audio_url"] if services.may_listen(None) else None,
        sung=timed_lines(detail.lyrics),
        words=plain_words(detail.lyrics),
        licences=licences_of([detail.row]),
        format=format_words(detail),
        loudness=loudness_words(detail, link),
        marks=marks(moments_of(person, song_id), detail.row.duration_s),
        others=others,
        other_links=other_links,
        similar=similar,
        similar_links=similar_links,
    )


def others_by(person: Person | None, song: SongRow) -> list[SongRow]:
    """The most played other songs of the same artist."""
    found = services.list_songs(person, sort="popular", artist_id=song.artist_id, limit=MORE + 1).rows
    return [other for other in found if other.id != song.id][:MORE]
