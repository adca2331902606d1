"""Playlists: songs in an order that their owner and whom they invite choose, or that rules choose for them."""

from musicapp import Plugin

plugin = Plugin("playlists", __name__, title="Playlists", requires=["auth", "inbox", "catalog"], api_prefix="/api")
