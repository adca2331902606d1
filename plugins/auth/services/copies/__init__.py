"""Copies of everything that one person owns here: starting one, how it goes, making it, and when its file goes."""
