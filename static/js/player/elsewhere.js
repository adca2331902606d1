/* $store.elsewhere: where this member stopped, kept on the site, so that another device can go on. It is written when
   something changed, while music plays every twelve seconds at most. Visitors keep it on their device alone. */
document.addEventListener("alpine:init", () => {
  const URL = "/api/player";
  const EVERY_MS = 12_000;
  const SOON_MS = 1_500;
  const MOST = 1_000;
  const BEFORE = 200;
  const STALE_MS = 60_000;
  const player = Alpine.store("player");
  const { member } = document.getElementById("player").dataset;
  let asked = 0;
  let written = "";
  let writing = false;
  let soon;

  Alpine.store("elsewhere", {
    left: null,

    get words() {
      if (!this.left) return "";
      const { songs, place, position_s: at } = this.left;
      return `Go on with “${songs[place].title}” at ${musicapp.clock(at)}, from your other device`;
    },

    go() {
      const { left } = this;
      this.settle(left);
      player.take(left);
    },

    dismiss() { this.settle(this.left); },

    /** From here on this device knows what the other wrote. */
    settle({ revision }) {
      musicapp.remember("revision", revision);
      this.left = null;
    },
  });
  if (!member) return;

  const store = Alpine.store("elsewhere");
  const device = musicapp.recall("device") ?? crypto.getRandomValues(new Uint32Array(2)).join("");
  musicapp.remember("device", device);

  /** What the site keeps of this player; of a very long queue the thousand songs around the current one. */
  function stop() {
    const { queue, position, origin, source, repeat, shuffled } = player;
    const songs = Alpine.raw(queue.songs);
    const from = songs.length > MOST ? Math.max(0, queue.index - BEFORE) : 0;
    const song_ids = songs.slice(from, from + MOST).map((song) => song.id);
    const place = Math.max(0, queue.index - from);
    return { song_ids, place, position_s: Math.round(position * 10) / 10, origin, source: source || "queue", repeat, shuffled, device };
  }

  async function put(body, keepalive) {
    const revision = store.left?.revision ?? musicapp.recall("revision", 0);
    const answer = await musicapp.request(URL, { method: "PUT", body: { ...body, revision }, keepalive });
    musicapp.remember("revision", answer.revision);
    store.left = null;
  }

  /** Another device wrote meanwhile: what plays here counts; when nothing does, the listener chooses. */
  async function lostRace(refusal, body, keepalive) {
    if (refusal.status !== 409) throw refusal;
    if (!player.sounding && offer(refusal.data)) return;
    musicapp.remember("revision", refusal.data?.revision ?? 0);
    await put(body, keepalive);
  }

  async function write({ keepalive = false } = {}) {
    const body = stop();
    const now = JSON.stringify(body);
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
  }

  /** Offers what another device left, unless this one knows it or plays; answers whether it did. */
  function offer(state) {
    const news = state?.device !== device && state?.revision !== musicapp.recall("revision", 0);
    if (!state?.songs.length || player.sounding || !(news || !player.queue.songs.length)) return false;
    store.left = state;
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
});
