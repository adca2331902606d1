/* “Add to playlist…” wherever songs are: [data-adds="7 9"] names them, [data-adds-from] is a URL that answers them, and
   [data-adds-queue] means the queue. The dialog is fetched when it is first wanted. */
(() => {
  async function songsOf({ adds, addsFrom }) {
    if (adds) return adds.split(" ").map(Number);
    const songs = addsFrom ? (await musicapp.request(addsFrom)).songs : Alpine.store("player").queue.songs;
    return songs.map((song) => song.id);
  }

  /** Asks into which playlist songs go; the focus comes back to `opener`. */
  musicapp.addToPlaylist = async (songIds, opener) => {
    try {
      const { adding, choices } = document.getElementById("own-playlists").dataset;
      const { default: ask } = await import(adding);
      await ask(choices, songIds, opener);
    } catch (problem) {
      musicapp.toast(problem instanceof musicapp.Refusal ? problem.message : "Your playlists could not be loaded. Try again in a moment.");
    }
  };

  document.addEventListener("click", async (event) => {
    const pressed = event.target.closest("[data-adds], [data-adds-from], [data-adds-queue]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const opener = pressed.closest(".menu")?.querySelector("summary") ?? pressed;
    try {
      await musicapp.addToPlaylist(await songsOf(pressed.dataset), opener);
    } catch (refusal) {
      musicapp.toast(refusal.message);
    }
  });
})();
