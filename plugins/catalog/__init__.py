"""Music: artists, albums, songs and genres, their files, and what listeners hear of them."""

from musicapp import Plugin

plugin = Plugin("catalog", __name__, title="Music", requires=["auth", "inbox"], url_prefix="", api_prefix="/api")

plugin.right("catalog.publish", roles=["artist"])
plugin.right("catalog.see_all", roles=["moderator"])
plugin.right("catalog.manage", roles=["admin"])

plugin.nav("Library", ".library", permission="member", icon="library")
plugin.nav("Browse", ".browse", permission="listen", icon="compass")
for way, endpoint in {
    "Overview": ".browse", "New": ".new", "Popular": ".popular", "Random": ".random", "Songs": ".songs",
    "Albums": ".albums", "Artists": ".artists", "Genres": ".genres", "Years": ".years",
}.items():  # fmt: skip
    plugin.nav(way, endpoint, permission="listen", place="browse")
plugin.nav("Favourites", ".favourites", permission="member", icon="heart", place="library")
plugin.nav("Following", ".following", permission="member", icon="users", place="library")
plugin.nav("History", ".history", permission="member", icon="history", place="library")
plugin.nav("Statistics", ".statistics", permission="member", icon="chart-no-axes-column", place="library")
plugin.nav("Studio", ".studio", permission="catalog.publish", icon="chart-no-axes-column", place="studio")
plugin.nav("Who listens", ".artist_statistics", permission="catalog.publish", icon="users", place="studio")
plugin.nav("Upload", ".upload", permission="catalog.publish", icon="upload", place="studio")

plugin.offers("catalog.song_row")
plugin.offers("catalog.song_acts")
plugin.offers("catalog.song_page")
plugin.offers("catalog.album_acts")
plugin.offers("catalog.album_page")
plugin.offers("catalog.artist_acts")
plugin.offers("catalog.artist_page")
plugin.offers("catalog.comment")
plugin.offers("catalog.decision")
plugin.offers("catalog.studio")
plugin.offers("catalog.studio_acts")
