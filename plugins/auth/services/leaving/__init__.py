"""Leaving: deleting one's account, the days in which that can be taken back, and erasing what plugins hold."""
