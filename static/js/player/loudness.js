/* How far a song is turned down so that all sound alike. `levelling` is "off", "song" or "album".
   The gains of the site may turn a quiet song up, and an <audio> cannot be louder than its file, so everything is turned
   down by some headroom first. A GainNode could turn up, but it silences sound that comes from another origin. */
(() => {
  const HEADROOM_DB = 4;

  musicapp.loudness = (song, levelling, albumInOrder) => {
    if (levelling === "off") return 1;
    const asAlbum = levelling === "album" && albumInOrder ? song.album_gain_db : null;
    const gain = asAlbum ?? song.gain_db ?? 0;
    return Math.min(1, 10 ** ((gain - HEADROOM_DB) / 20));
  };
})();
