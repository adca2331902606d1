"""Tables of reports, by subject."""
