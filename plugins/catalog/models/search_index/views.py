"""What words the index has of each row, as views that both databases read."""

KINDS = ("song", "album", "artist")
DOUBLINGS = 31
HEATS_EACH = 8


def heat(plays: str) -> str:
    """SQL for how popular: 0 without plays, then eight steps each time they double; the index follows no single play.

    Rows of one heat are told apart by their plays when they are ranked.
    """
    steps = " ".join(f"WHEN {plays} < {2**step} THEN {heat_before(plays, step)}" for step in range(1, DOUBLINGS))
    return f"(CASE WHEN {plays} < 1 THEN 0 {steps} ELSE {heat_before(plays, DOUBLINGS)} END)"


def heat_before(plays: str, step: int) -> str:
    """SQL for the heat of plays below the power of two `step`: their three bits after the first."""
    shifted = f"{plays} >> {step - 4}" if step >= 4 else f"{plays} << {4 - step}"
    return f"{HEATS_EACH * step} + (({shifted}) & {HEATS_EACH - 1})"


def is_listed(row: str, kind: str) -> str:
    """SQL for whether a row could be public, now or at its time."""
    if kind == "artist":
        return "TRUE"
    kept = f"{row}.published_at IS NOT NULL AND {row}.hidden_at IS NULL AND {row}.deleted_at IS NULL"
    return f"({kept} AND {row}.state = 'ready')" if kind == "song" else f"({kept})"


def create_views() -> list[str]:
    song = f"""
        CREATE VIEW catalog_search_song_words AS
        SELECT listed.id, listed.artist_id, listed.album_id, {heat("listed.plays")} AS heat,
            listed.title_key AS name, artist.name_key AS artist, coalesce(album.title_key, '') AS album
        FROM catalog_song AS listed
        JOIN catalog_artist AS artist ON artist.id = listed.artist_id
        LEFT JOIN catalog_album AS album ON album.id = listed.album_id
        WHERE {is_listed("listed", "song")}"""
    album = f"""
        CREATE VIEW catalog_search_album_words AS
        SELECT listed.id, listed.artist_id, {heat("listed.plays")} AS heat,
            listed.title_key AS name, artist.name_key AS artist, '' AS album
        FROM catalog_album AS listed
        JOIN catalog_artist AS artist ON artist.id = listed.artist_id
        WHERE {is_listed("listed", "album")}"""
    artist = f"""
        CREATE VIEW catalog_search_artist_words AS
        SELECT listed.id, {heat("listed.plays")} AS heat, listed.name_key AS name, '' AS artist, '' AS album
        FROM catalog_artist AS listed"""
    return [song, album, artist]


def drop_views() -> list[str]:
    return [f"DROP VIEW catalog_search_{kind}_words" for kind in KINDS]
