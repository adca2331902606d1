/* Where this member stopped, kept on the site, so that another device can go on; `tile` offers what another one left. It is
   written when something changed, while music plays every twelve seconds at most. Visitors keep it on their device alone. */
export default (tile) => {
  const URL = "/api/player";
  const EVERY_MS = 12_000;
  const SOON_MS = 1_500;
  const MOST = 1_000;
  const BEFORE = 200;
  const STALE_MS = 60_000;
  const player = Alpine.store("player");
  let asked = 0;
  let written = "";
  let writing = false;
  let again = false;
  let soon;
  let left = null;

  const device = musicapp.recall("device") ?? crypto.getRandomValues(new Uint32Array(2)).join("");
  musicapp.remember("device", device);

  /** What the site keeps of this player; of a very long queue the thousand songs around the current one. */
  function stop() {
    const { queue: { songs, index }, position, origin, source, repeat, shuffled } = player;
    const from = songs.length > MOST ? Math.max(0, index - BEFORE) : 0;
    const song_ids = songs.slice(from, from + MOST).map((song) => song.id);
    const place = Math.max(0, index - from);
    return { song_ids, place, position_s: Math.round(position * 10) / 10, origin, source: source || "queue", repeat, shuffled, device };
  }

  async function put(body, keepalive) {
    const revision = left?.revision ?? musicapp.recall("revision", 0);
    const answer = await musicapp.request(URL, { method: "PUT", body: { ...body, revision }, keepalive });
    settle(answer.revision);
  }

  /** Another device wrote meanwhile: what plays here counts; when nothing does, the listener chooses. */
  async function lostRace(refusal, body, keepalive) {
    if (refusal.status !== 409) throw refusal;
    if (!player.sounding && offer(refusal.data)) return;
    settle(refusal.data?.revision ?? 0);
    await put(body, keepalive);
  }

  /** What changes while it is being written is written after that. */
  async function write({ keepalive = false } = {}) {
    const body = stop();
    const now = JSON.stringify(body);
    again = writing;
    if (now === written || writing) return;
    writing = true;
    try {
      await put(body, keepalive).catch((refusal) => lostRace(refusal, body, keepalive));
      written = now;
    } catch {
      // Not reached or not signed in any more: the next change tries again.
    } finally {
      writing = false;
    }
    if (again) write();
  }

  /** From here on this device knows what the other wrote. */
  function settle(revision) {
    musicapp.remember("revision", revision);
    left = null;
    tile.replaceChildren();
  }

  function show(state) {
    left = state;
    const { title } = state.songs[state.place];
    const toast = document.getElementById("offer").content.cloneNode(true);
    toast.querySelector("span").textContent =
      `Go on with “${title}” at ${musicapp.clock(state.position_s)}, from your other device`;
    tile.replaceChildren(toast);
  }

  tile.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    const state = left;
    settle(state.revision);
    if (button.value) player.take(state);
  });

  /** Offers what another device left, unless this one knows it or plays; answers whether it did. */
  function offer(state) {
    const news = state?.device !== device && state?.revision !== musicapp.recall("revision", 0);
    if (!state?.songs.length || player.sounding || !(news || !player.queue.songs.length)) return false;
    show(state);
    return true;
  }

  async function ask() {
    asked = Date.now();
    try {
      offer(await musicapp.request(URL));
    } catch {
      // Without an answer this device goes on with what it has.
    }
  }

  written = JSON.stringify(stop());
  ask();
  const changes = () => [player.queue.songs, player.queue.index, player.state, player.repeat, player.shuffled];
  Alpine.effect(() => {
    changes();
    clearTimeout(soon);
    soon = setTimeout(write, SOON_MS);
  });
  setInterval(() => { if (player.sounding) write(); }, EVERY_MS);
  addEventListener("pagehide", () => write({ keepalive: true }));
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && !player.sounding && Date.now() - asked > STALE_MS) ask();
  });
};
