/* Radio without an end: when few songs of the queue are left, the site is asked for more, and told what was heard. */
musicapp.keepRadioGoing = (player) => {
  const LEFT = 3;
  const REMEMBERED = 100;
  let asking = false;

  async function ask({ radio, queue }) {
    asking = true;
    const after = queue.songs.slice(-REMEMBERED).map((song) => song.id).join(",");
    try {
      const { songs } = await musicapp.request(`${radio}?after=${after}`);
      if (radio === player.radio) queue.add(songs);
    } catch {
      // The site was not reached: the next song asks again.
    } finally {
      asking = false;
    }
  }

  Alpine.effect(() => {
    const { radio, state, queue: { songs, index } } = player;
    if (radio && state !== "paused" && songs.length - index <= LEFT && !asking) ask(player);
  });
};
