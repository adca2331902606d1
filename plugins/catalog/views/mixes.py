"""Mixes and radio as pages, for who follows a link or has no scripts."""

from flask import Response, render_template, url_for

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.catalog import plugin
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_cover_url, song_links
from plugins.catalog.services.mixes import mix_of
from plugins.catalog.services.nearness import SEED_KINDS
from plugins.catalog.services.radio import radio

SONGS = 20


@plugin.get("/mixes/<kind>", permission="listen", defaults={"seed_id": 0})
@plugin.get("/mixes/<kind>/<int:seed_id>", permission="listen")
def mix(kind: str, seed_id: int) -> str:
    """One mix: its songs, and why they are in it."""
    greet_visitor()
    found = mix_of(signed_in(), kind, seed_id)
    return render_template(
        "catalog/mix.html",
        mix=found,
        covers=[song_cover_url(song) for song in found.pictured],
        links=song_links(found.songs),
        radio_url=url_for("catalog.api.radio_songs", kind=kind, seed_id=seed_id) if kind in SEED_KINDS else "",
        seed_url=url_for(f"catalog.{kind}", **{f"{kind}_id": seed_id}) if kind in SEED_KINDS else "",
    )


@plugin.get("/mixes/<kind>/queue", permission="listen", defaults={"seed_id": 0})
@plugin.get("/mixes/<kind>/<int:seed_id>/queue", permission="listen")
def mix_queue(kind: str, seed_id: int) -> Response:
    """The songs of a mix as the player takes them."""
    greet_visitor()
    return answer({"songs": song_links(mix_of(signed_in(), kind, seed_id).songs)})


@plugin.get("/radio/<kind>/<int:seed_id>", permission="listen", endpoint="radio")
def radio_page(kind: str, seed_id: int) -> str:
    """The next songs of a radio; the player goes on from there without an end."""
    greet_visitor()
    found = radio(signed_in(), kind, seed_id, limit=SONGS)
    pictured = list({song.cover_id: song for song in found.songs if song.has_cover}.values())
    return render_template(
        "catalog/radio.html",
        seed=found.seed,
        songs=found.songs,
        covers=[song_cover_url(song) for song in pictured[:4]],
        links=song_links(found.songs),
        radio_url=url_for("catalog.api.radio_songs", kind=kind, seed_id=seed_id),
        seed_url=url_for(f"catalog.{kind}", **{f"{kind}_id": seed_id}),
    )
