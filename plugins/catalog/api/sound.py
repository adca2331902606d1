"""The sound of songs and their waveforms. Who may hear is asked on every request; nothing is written."""

from typing import Literal

from flask import Response
from pydantic import Field

from musicapp.api import Query, answer
from musicapp.api.envelope import cached
from musicapp.security import signed_in
from musicapp.storage import send_stored
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor


class AudioQuery(Query):
    """Which form of a song is asked for."""

    format: Literal["streamed", "original"] = Field(
        "streamed", description="`original`: the file as it was uploaded, which some browsers cannot play."
    )


@plugin.api.get("/songs/<int:song_id>/audio", permission="listen", query=AudioQuery)
def song_audio(song_id: int, query: AudioQuery) -> Response:
    """The sound of a song as it is streamed, or the original: whole or in ranges, with an ETag."""
    sound = services.may_hear(signed_in(), song_id, original=query.format == "original")
    greet_visitor()
    return send_stored(sound.key, content_type=sound.mime, etag=sound.sha256)


@plugin.api.get("/songs/<int:song_id>/peaks", permission="listen")
def song_peaks(song_id: int) -> Response:
    """The waveform of a song: 240 values of 0 to 255."""
    return cached(answer({"peaks": list(services.peaks_of(signed_in(), song_id))}))
