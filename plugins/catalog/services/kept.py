"""What everybody sees of the music, kept between requests until something of it changes."""

from musicapp.caching import Kept

LISTS = Kept("catalog.lists")
