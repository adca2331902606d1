/* Keeps the player on this device: queue, place and choices outlive a reload and a restart of the browser. */
musicapp.keepPlayer = (player) => {
  const CHOICES = ["volume", "muted", "repeat", "shuffled", "speed", "levelling", "pane"];
  const NEAR = 500;
  const { member } = document.getElementById("player").dataset;
  const pick = (names) => Object.fromEntries(names.map((name) => [name, player[name]]));

  /** Comes back as it was left, silent until somebody presses play. Nobody finds the queue of who was signed in before. */
  function restore() {
    Object.assign(player, musicapp.recall("choices", {}));
    const { owner, origin, source, radio, ...queue } = musicapp.recall("queue", {});
    if (owner && owner !== member) return;
    Object.assign(player, { origin: origin ?? "", source: source ?? "", radio: radio ?? "" });
    player.queue.restore(queue);
    const left = musicapp.recall("position", {});
    if (left.key === player.song.key) player.position = left.at ?? 0;
  }

  /** Where this device has no room for the whole queue, it keeps what is near. */
  function keepQueue() {
    const { origin, source, radio } = player;
    const { songs, ...kept } = player.queue.kept();
    const keep = (some, index) => musicapp.remember("queue", { owner: member, origin, source, radio, ...kept, songs: some, index });
    const from = Math.max(0, kept.index - NEAR);
    if (!keep(songs, kept.index)) keep(songs.slice(from, kept.index + NEAR), kept.index - from);
  }

  function keepPosition() {
    musicapp.remember("position", { key: player.song.key, at: player.position });
  }

  restore();
  Alpine.effect(() => musicapp.remember("choices", pick(CHOICES)));
  Alpine.effect(keepQueue);
  Alpine.effect(() => { if (player.state) queueMicrotask(keepPosition); });
  setInterval(() => { if (player.sounding) keepPosition(); }, 5_000);
  addEventListener("pagehide", keepPosition);
};
