"""The search index, and the folding of names that it rests on.

`alembic` rebuilds a table of SQLite to change it (`batch_alter_table` with `recreate`), and its triggers are lost with
it: who rebuilds catalog_song, catalog_album or catalog_artist does so inside `with index_apart(op.get_bind()):`.
"""

import sqlalchemy as sa
from alembic import op

from plugins.catalog.models.folding import fold
from plugins.catalog.models.lyrics_words import lyrics_words
from plugins.catalog.models.search_index import create_index

revision = "catalog_0003"
down_revision = "catalog_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("catalog_song", sa.Column("lyrics_key", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    for table, name, key in (
        ("catalog_artist", "name", "name_key"),
        ("catalog_album", "title", "title_key"),
        ("catalog_song", "title", "title_key"),
    ):
        refold(connection, table, name, key)
    refold_genres(connection)
    fold_lyrics(connection)
    create_index(connection)


def refold(connection: sa.Connection, table: str, name: str, key: str) -> None:
    """Write the keys that are folded otherwise by now."""
    rows = sa.table(table, sa.column("id"), sa.column(name), sa.column(key))
    stale = [
        {"row_id": row_id, "folded": fold(written)}
        for row_id, written, before in connection.execute(sa.select(rows.c.id, rows.c[name], rows.c[key]))
        if fold(written) != before
    ]
    if stale:
        change = sa.update(rows).where(rows.c.id == sa.bindparam("row_id")).values({key: sa.bindparam("folded")})
        connection.execute(change, stale)


def refold_genres(connection: sa.Connection) -> None:
    """Write the keys of genres, of which no two may be alike: one that would become another's stays as it is."""
    genres = sa.table("catalog_genre", sa.column("id"), sa.column("name"), sa.column("name_key"))
    rows = connection.execute(sa.select(genres.c.id, genres.c.name, genres.c.name_key).order_by(genres.c.id)).all()
    keys = {key for _, _, key in rows}
    for genre_id, name, before in rows:
        folded = fold(name)
        if folded != before and folded not in keys:
            keys.add(folded)
            connection.execute(sa.update(genres).where(genres.c.id == genre_id).values(name_key=folded))


def fold_lyrics(connection: sa.Connection) -> None:
    songs = sa.table("catalog_song", sa.column("id"), sa.column("lyrics"), sa.column("lyrics_key"))
    written = connection.execute(sa.select(songs.c.id, songs.c.lyrics).where(songs.c.lyrics != "")).all()
    if written:
        change = sa.update(songs).where(songs.c.id == sa.bindparam("row_id"))
        values = [{"row_id": row_id, "words": lyrics_words(lyrics)} for row_id, lyrics in written]
        connection.execute(change.values(lyrics_key=sa.bindparam("words")), values)
