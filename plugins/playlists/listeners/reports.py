"""What playlists say in the monthly report of a listener."""

from musicapp.spans import for_one
from plugins.playlists import plugin
from plugins.playlists.services.months import playlists_of_month

plugin.contributes(
    "reports.section",
    name="playlists.listener",
    audience="listener",
    heading="Your playlists",
    order=80,
    for_many=playlists_of_month,
)(for_one(playlists_of_month))
