"""From SQLite to PostgreSQL and back: every row of every plugin, counted and summed up on both sides afterwards."""
