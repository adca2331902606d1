"""The index on PostgreSQL: tables of tsvectors with the heat beside them, kept by triggers.

A word carries the place where it stands: A in the name itself, B in the artist's, C in the album's. The first word of a
name stands there a second time behind a `^`. Words are split at the spaces of the keys, never by a text search parser,
so that no language of the server changes what is found.
"""

from plugins.catalog.models.search_index.cuts import SHORTEST, cuts_of
from plugins.catalog.models.search_index.following import NAME, NAMED_IN, watched, words_changed
from plugins.catalog.models.search_index.views import KINDS, heat, is_listed

# Who gives a row its words waits for who renames what they are taken from: classes of advisory locks, by kind.
LOCKS = {"artist": 5_077_301, "album": 5_077_302}
VECTOR = """
    CREATE FUNCTION catalog_search_vector(key text, weight "char") RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT setweight(coalesce(string_agg(
            '''' || replace(replace(word, '\\', '\\\\'), '''', '''''') || ''':' || place, ' '), '')::tsvector, weight)
        FROM unnest(string_to_array(key, ' ')) WITH ORDINALITY AS parts (word, place) WHERE word <> ''
    $$"""
PARTS = "unnest(string_to_array(name, ' ')) AS parts (value)"
WORDS = (
    "catalog_search_vector('^' || split_part(name, ' ', 1), 'A') || catalog_search_vector(name, 'A')"
    " || catalog_search_vector(artist, 'B') || catalog_search_vector(album, 'C')"
)


def entries(kind: str, where: str = "TRUE") -> str:
    return f"""INSERT INTO catalog_search_{kind} (id, heat, words)
        SELECT id, heat, {WORDS} FROM catalog_search_{kind}_words WHERE {where}
        ON CONFLICT (id) DO UPDATE SET heat = excluded.heat, words = excluded.words;"""


def words(kind: str, where: str = "TRUE") -> str:
    return f"""INSERT INTO catalog_search_word (word)
        SELECT DISTINCT value FROM catalog_search_{kind}_words AS named, {PARTS}
        WHERE {where} AND length(value) >= {SHORTEST}
        AND NOT EXISTS (SELECT 1 FROM catalog_search_word WHERE word = value);"""


def lyrics(row: str, source: str = "") -> str:
    distinct = f"array_to_tsvector(ARRAY(SELECT DISTINCT unnest(string_to_array({row}.lyrics_key, ' '))))"
    return f"""INSERT INTO catalog_search_lyrics (id, heat, words)
        SELECT {row}.id, {heat(f"{row}.plays")}, {distinct} {source}
        WHERE {is_listed(row, "song")} AND {row}.lyrics_key <> ''
        ON CONFLICT (id) DO UPDATE SET heat = excluded.heat, words = excluded.words;"""


def waiting(kind: str) -> str:
    """SQL that waits for renamings of what a row's words are taken from."""
    return "".join(
        f"PERFORM pg_advisory_xact_lock_shared({LOCKS[source]}, new.{source}_id);"
        for source, named in NAMED_IN.items()
        if kind in named
    )


def removing(kind: str, row: str) -> str:
    own = f"DELETE FROM catalog_search_{kind} WHERE id = {row}.id;"
    return f"{own} DELETE FROM catalog_search_lyrics WHERE id = {row}.id;" if kind == "song" else own


def adding(kind: str) -> str:
    own = f"{waiting(kind)} {entries(kind, 'id = new.id')} {words(kind, 'named.id = new.id')}"
    return f"{own} {lyrics('new')}" if kind == "song" else own


def warming(kind: str) -> str:
    """SQL that follows plays alone, which touches no words."""
    tables = (kind, "lyrics") if kind == "song" else (kind,)
    new = heat("new.plays")
    return "".join(f"UPDATE catalog_search_{table} SET heat = {new} WHERE id = new.id;" for table in tables)


def renaming(kind: str) -> str:
    return f"PERFORM pg_advisory_xact_lock({LOCKS[kind]}, new.id);" + "".join(
        entries(named, f"{kind}_id = new.id") for named in NAMED_IN[kind]
    )


def function(name: str, body: str) -> str:
    return (
        f"CREATE FUNCTION catalog_search_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$"
    )


class Postgresql:
    """The statements that make the index on PostgreSQL, fill it, let it follow, and take it away."""

    def tables(self) -> list[str]:
        made = [VECTOR]
        for name in (*KINDS, "lyrics"):
            table = f"catalog_search_{name}"
            made += [
                f"CREATE TABLE {table} (id integer PRIMARY KEY, heat smallint NOT NULL, words tsvector NOT NULL)",
                f"CREATE INDEX ix_{table}_heat_id ON {table} (heat, id)",
                f"CREATE INDEX ix_{table}_words ON {table} USING gin (words) WITH (fastupdate = off)",
            ]
        for table, column in (("word", "word"), ("cut", "cut")):
            text = 'text COLLATE "C" NOT NULL'
            columns = f"word {text}" if table == "word" else f"cut {text}, word {text}"
            made.append(f"CREATE TABLE catalog_search_{table} ({columns})")
            made.append(f"CREATE INDEX ix_catalog_search_{table}_{column} ON catalog_search_{table} ({column})")
        return made

    def filling(self) -> list[str]:
        every_cut = f"INSERT INTO catalog_search_cut (cut, word) {cuts_of('catalog_search_word')}"
        every_lyric = lyrics("song", "FROM catalog_song AS song")
        filled = [*(entries(kind) for kind in KINDS), *(words(kind) for kind in KINDS), every_lyric, every_cut]
        return filled + [f"ANALYZE catalog_search_{name}" for name in (*KINDS, "lyrics", "word", "cut")]

    def triggers(self) -> list[str]:
        cut = f"INSERT INTO catalog_search_cut (cut, word) {cuts_of('(SELECT new.word AS word) AS learnt')};"
        made = [function("cut_word", cut), self.trigger("word_insert", "INSERT", "catalog_search_word", "cut_word")]
        for kind in KINDS:
            changed = words_changed(kind, "IS DISTINCT FROM")
            follow = (
                f"IF TG_OP = 'DELETE' THEN {removing(kind, 'old')} RETURN NULL; END IF; "
                f"IF TG_OP = 'INSERT' THEN {adding(kind)} RETURN NULL; END IF; "
                f"IF {changed} THEN {removing(kind, 'old')} {adding(kind)} "
                f"ELSIF {heat('old.plays')} <> {heat('new.plays')} THEN {warming(kind)} END IF;"
            )
            when = f"INSERT OR DELETE OR UPDATE OF {watched(kind)}"
            made += [function(f"follow_{kind}", follow), self.trigger(kind, when, f"catalog_{kind}", f"follow_{kind}")]
        for kind in NAMED_IN:
            name = NAME[kind]
            rename = f"IF old.{name} <> new.{name} THEN {renaming(kind)} END IF;"
            made.append(function(f"rename_{kind}", rename))
            made.append(self.trigger(f"{kind}_rename", f"UPDATE OF {name}", f"catalog_{kind}", f"rename_{kind}"))
        return made

    def trigger(self, name: str, when: str, table: str, function_name: str) -> str:
        return (
            f"CREATE TRIGGER catalog_search_{name} AFTER {when} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION catalog_search_{function_name}()"
        )

    def dropping(self) -> list[str]:
        functions = ["cut_word", *(f"follow_{kind}" for kind in KINDS), *(f"rename_{kind}" for kind in NAMED_IN)]
        dropped = [f"DROP FUNCTION catalog_search_{name}() CASCADE" for name in functions]
        dropped += [f"DROP TABLE catalog_search_{name}" for name in (*KINDS, "lyrics", "word", "cut")]
        return [*dropped, 'DROP FUNCTION catalog_search_vector(text, "char")']
