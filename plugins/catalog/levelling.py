"""How much a song is to be turned up or down so that all sound alike. Pure: knows no song and no request."""

TARGET_LUFS = -14.0
CEILING_DBTP = -1.0


def song_gain_db(loudness_lufs: float | None, true_peak_dbtp: float | None) -> float | None:
    """The gain that brings a song to −14 LUFS, in dB, its peaks at or below −1 dBTP; None when nothing was measured.

    Without a peak a song is only ever turned down.
    """
    if loudness_lufs is None:
        return None
    room_db = 0.0 if true_peak_dbtp is None else CEILING_DBTP - true_peak_dbtp
    return round(min(TARGET_LUFS - loudness_lufs, room_db), 2)


def album_gain_db(loudness_lufs: float | None) -> float | None:
    """The one gain for all songs of an album, in dB, so that they keep their distances; it only turns down."""
    return None if loudness_lufs is None else round(min(TARGET_LUFS - loudness_lufs, 0.0), 2)
