"""Playlists: songs in an order that their owner and whom they invite choose, or that rules choose for them."""

from musicapp import Plugin

plugin = Plugin("playlists", __name__, title="Playlists", requires=["auth", "inbox", "catalog"], api_prefix="/api")

plugin.nav("Playlists", ".public", permission="listen", icon="list-music", place="browse")
plugin.nav("Playlists", ".library", permission="member", icon="list-music", place="library")

plugin.offers("playlists.playlist_acts")
plugin.offers("playlists.playlist_page")
plugin.offers("playlists.decision")
