/* Moments of a song that comments speak of: a press on [data-moment] plays the song from there, on its own page or while it
   is in the player; elsewhere the link leads to the song. The element carries data-id, the song's. */
export default (element) => {
  const player = Alpine.store("player");
  const { id } = element.dataset;
  const plays = () => String(player.song.id) === id;

  /** Starts the song as its own page would; false where it is not on this page. */
  function started() {
    const list = document.querySelector(`[data-songs] [data-song="${CSS.escape(id)}"]`)?.closest("[data-songs]");
    const script = list?.querySelector('script[type="application/json"]');
    const songs = script ? JSON.parse(script.textContent) : [];
    const place = songs.findIndex((song) => String(song.id) === id);
    if (place < 0) return false;
    player.start(songs, place, { origin: list.dataset.songs, source: list.dataset.source });
    return true;
  }

  element.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-moment]");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (plays()) player.play();
    else if (!started()) return;
    event.preventDefault();
    event.stopPropagation();
    player.seek(Number(mark.dataset.moment));
  });
};
