"""The index on SQLite: FTS5 tables whose rowids begin with the heat, so that the popular rows are met first.

An FTS5 table reads its entries in the order of rowids and can stop when it has enough: for a word of one title in
three, that is the difference between a millisecond and half a second. What begins with up to four letters has entries
of its own (`prefix`). `head` holds the first word of a name behind a `^`.
"""

from plugins.catalog.models.search_index.cuts import SHORTEST, cuts_of
from plugins.catalog.models.search_index.following import NAME, NAMED_IN, heat_changed, watched, words_changed
from plugins.catalog.models.search_index.views import KINDS, heat, is_listed

ID_BITS = 32
TOKENS = "tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* S* P*'\", columnsize=0"
HEAD = "'^' || substr(name, 1, instr(name || ' ', ' ') - 1)"


def place(row: str) -> str:
    """SQL for the rowid of a row's entry."""
    return f"(({heat(f'{row}.plays')} << {ID_BITS}) | {row}.id)"


def entries(kind: str, where: str = "TRUE") -> str:
    return f"""INSERT INTO catalog_search_{kind} (rowid, head, name, artist, album)
        SELECT (heat << {ID_BITS}) | id, {HEAD}, name, artist, album
        FROM catalog_search_{kind}_words WHERE {where} ORDER BY 1;"""


def words(kind: str, where: str = "TRUE") -> str:
    """SQL that learns the words of names; json_each is SQLite's way to split a text."""
    parts = """json_each('[' || replace(json_quote(name), ' ', '","') || ']')"""
    return f"""INSERT INTO catalog_search_word (word)
        SELECT DISTINCT value FROM catalog_search_{kind}_words AS named, {parts}
        WHERE {where} AND length(value) >= {SHORTEST}
        AND NOT EXISTS (SELECT 1 FROM catalog_search_word WHERE word = value);"""


def lyrics(row: str, source: str = "") -> str:
    return f"""INSERT INTO catalog_search_lyrics (rowid, words)
        SELECT {place(row)}, {row}.lyrics_key {source} WHERE {has_lyrics(row)};"""


def forgotten_lyrics(row: str) -> str:
    """SQL that takes away exactly what was added, as an FTS5 table needs that keeps no copy of its texts."""
    return f"""INSERT INTO catalog_search_lyrics (catalog_search_lyrics, rowid, words)
        SELECT 'delete', {place(row)}, {row}.lyrics_key WHERE {has_lyrics(row)};"""


def has_lyrics(row: str) -> str:
    return f"{is_listed(row, 'song')} AND {row}.lyrics_key <> ''"


def adding(kind: str) -> str:
    own = entries(kind, "id = new.id") + words(kind, "named.id = new.id")
    return own + lyrics("new") if kind == "song" else own


def removing(kind: str) -> str:
    own = f"DELETE FROM catalog_search_{kind} WHERE rowid = {place('old')};"
    return own + forgotten_lyrics("old") if kind == "song" else own


def renaming(kind: str) -> str:
    """SQL that gives what carries the name of a changed row its new words."""
    statements = []
    for named in NAMED_IN[kind]:
        theirs = f"SELECT (heat << {ID_BITS}) | id FROM catalog_search_{named}_words WHERE {kind}_id = new.id"
        statements.append(f"DELETE FROM catalog_search_{named} WHERE rowid IN ({theirs});")
        statements.append(entries(named, f"{kind}_id = new.id"))
    return "".join(statements)


class Sqlite:
    """The statements that make the index on SQLite, fill it, let it follow, and take it away."""

    def tables(self) -> list[str]:
        named = [
            f"CREATE VIRTUAL TABLE catalog_search_{kind} "
            f"USING fts5(head, name, artist, album, prefix='1 2 3 4', {TOKENS})"
            for kind in KINDS
        ]
        return [
            *named,
            f"CREATE VIRTUAL TABLE catalog_search_lyrics USING fts5(words, content='', detail='none', {TOKENS})",
            "CREATE TABLE catalog_search_word (word TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TABLE catalog_search_cut (cut TEXT, word TEXT, PRIMARY KEY (cut, word)) WITHOUT ROWID",
        ]

    def filling(self) -> list[str]:
        every_cut = f"INSERT INTO catalog_search_cut (cut, word) {cuts_of('catalog_search_word')}"
        every_lyric = lyrics("song", "FROM catalog_song AS song")
        return [*(entries(kind) for kind in KINDS), *(words(kind) for kind in KINDS), every_lyric, every_cut]

    def triggers(self) -> list[str]:
        cut = f"INSERT INTO catalog_search_cut (cut, word) {cuts_of('(SELECT new.word AS word)')};"
        made = [f"CREATE TRIGGER catalog_search_word_insert AFTER INSERT ON catalog_search_word BEGIN {cut} END"]
        for kind in KINDS:
            name, table = f"CREATE TRIGGER catalog_search_{kind}", f"catalog_{kind}"
            changed = f"{words_changed(kind, 'IS NOT')} OR {heat_changed()}"
            made += [
                f"{name}_insert AFTER INSERT ON {table} BEGIN {adding(kind)} END",
                f"{name}_update AFTER UPDATE OF {watched(kind)} ON {table} WHEN {changed} "
                f"BEGIN {removing(kind)} {adding(kind)} END",
                f"{name}_delete AFTER DELETE ON {table} BEGIN {removing(kind)} END",
            ]
        for kind in NAMED_IN:
            changed = f"old.{NAME[kind]} <> new.{NAME[kind]}"
            made.append(
                f"CREATE TRIGGER catalog_search_{kind}_rename AFTER UPDATE OF {NAME[kind]} ON catalog_{kind} "
                f"WHEN {changed} BEGIN {renaming(kind)} END"
            )
        return made

    def dropping(self) -> list[str]:
        triggers = [f"{kind}_{change}" for kind in KINDS for change in ("insert", "update", "delete")]
        triggers += [f"{kind}_rename" for kind in NAMED_IN] + ["word_insert"]
        tables = [*KINDS, "lyrics", "word", "cut"]
        dropped = [f"DROP TRIGGER IF EXISTS catalog_search_{name}" for name in triggers]
        return dropped + [f"DROP TABLE catalog_search_{name}" for name in tables]
