"""Jobs of reports, by subject."""
