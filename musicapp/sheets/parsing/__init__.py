"""Parsing of sheets that strangers sent: runs in a child of its own, and knows only of files and cells."""
