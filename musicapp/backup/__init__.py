"""Backups: the database as it was at one moment with every file that its rows name, and the way back from them."""
