"""Who may do what, asked of the running app against the table of `docs/permissions.md`."""
