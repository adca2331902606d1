"""Reports as JSON, by subject."""
