/* $store.player: one <audio>, one queue. Everything that plays goes through here; the bar and the pages only show it. */
document.addEventListener("alpine:init", () => {
  const NOTHING = {
    id: null, key: null, title: "", artist: "", artist_url: "", album_url: null, url: "", audio_url: "", cover_url: null,
    peaks_url: null, duration_s: 0, tint: "",
  };
  const RESTART_AFTER_S = 3;
  const audio = document.querySelector("#player audio");
  const heard = new musicapp.Heard();
  const otherTabs = new BroadcastChannel("musicapp.player");

  Alpine.store("player", {
    queue: new musicapp.Queue(),
    origin: "",
    source: "",
    state: "paused",
    position: 0,
    measured: 0,
    volume: 1,
    muted: false,
    repeat: "off",
    shuffled: false,
    queueOpen: false,
    failures: 0,

    get song() { return this.queue.current ?? NOTHING; },
    get duration() { return this.measured || this.song.duration_s || 0; },
    get sounding() { return this.state !== "paused"; },

    init() {
      this.restore();
      this.listen();
      musicapp.followOnSystem(this);
      Alpine.effect(() => document.documentElement.toggleAttribute("data-player", this.queue.songs.length > 0));
      Alpine.effect(() => this.keep());
      setInterval(() => { if (this.sounding) this.keepPosition(); }, 5_000);
      addEventListener("pagehide", () => this.keepPosition());
    },

    /** Replaces the queue. `origin` names where the songs came from, `source` is the word for the play ledger. */
    start(songs, index, { origin = "", source = "queue" } = {}) {
      if (!songs.length) return;
      this.queue.fill(songs, index);
      this.origin = origin;
      this.source = source;
      if (this.shuffled) this.queue.shuffle();
      this.failures = 0;
      this.begin();
    },

    /** Plays the current song from `at` seconds. */
    begin(at = 0) {
      this.load(at);
      this.play();
    },

    load(at) {
      this.position = at;
      this.measured = 0;
      heard.begin(this.song, this.source);
      audio.src = this.song.audio_url;
      audio.currentTime = at;
    },

    async play() {
      if (!this.song.id) return;
      if (!audio.getAttribute("src")) this.load(this.position);
      this.state = "waiting";
      otherTabs.postMessage("playing");
      try {
        await audio.play();
      } catch (refused) {
        if (refused.name === "NotAllowedError") this.state = "paused";
      }
    },

    pause() { audio.pause(); },
    toggle() { this.sounding ? this.pause() : this.play(); },

    /** One song on; at the end of the queue it stops, unless everything repeats. */
    next() { this.move(this.queue.step(1, this.repeat === "all")); },

    previous() {
      const to = this.queue.step(-1, this.repeat === "all");
      if (this.position > RESTART_AFTER_S || to < 0) this.seek(0);
      else this.move(to);
    },

    move(to) {
      if (to < 0) return this.halt();
      this.queue.index = to;
      this.begin();
    },

    jump(key) {
      this.move(this.queue.songs.findIndex((song) => song.key === key));
    },

    halt() {
      heard.end(false);
      audio.pause();
      audio.removeAttribute("src");
      Object.assign(this, { state: "paused", position: 0, measured: 0 });
    },

    seek(to) {
      this.position = Math.min(Math.max(0, to), Math.max(0, this.duration - 0.25));
      if (audio.getAttribute("src")) audio.currentTime = this.position;
    },

    add(songs) {
      const keys = this.queue.add(songs);
      const added = songs.length === 1 ? `“${songs[0].title}”` : `${songs.length} songs`;
      musicapp.toast(`Added ${added} to the queue.`, { undo: () => this.removeAll(keys) });
    },

    addNext(songs) {
      const keys = this.queue.addNext(songs);
      const words = songs.length === 1 ? `“${songs[0].title}” plays next.` : `${songs.length} songs play next.`;
      musicapp.toast(words, { undo: () => this.removeAll(keys) });
    },

    removeAll(keys) { for (const key of keys) this.remove(key); },

    remove(key) {
      const was = this.song.key;
      this.queue.remove(key);
      if (this.song.key === was) return;
      if (this.song.id && this.sounding) this.begin();
      else this.halt();
    },

    /** Empties the queue; the toast gives it back. */
    clear() {
      const kept = this.queue.kept();
      const { position } = this;
      this.halt();
      this.queue.fill([], -1);
      this.queueOpen = false;
      musicapp.toast("The queue is empty.", { undo: () => { this.queue.restore(kept); this.position = position; } });
    },

    setVolume(to) {
      this.volume = Math.min(1, Math.max(0, to));
      this.muted = this.volume === 0;
      this.applyVolume();
    },

    toggleMuted() {
      this.muted = !this.muted;
      if (!this.muted && this.volume === 0) this.volume = 0.5;
      this.applyVolume();
    },

    applyVolume() {
      audio.volume = this.volume ** 2;
      audio.muted = this.muted;
    },

    cycleRepeat() {
      this.repeat = { off: "all", all: "one", one: "off" }[this.repeat];
    },

    toggleShuffled() {
      this.shuffled = !this.shuffled;
      if (this.shuffled) this.queue.shuffle();
      else this.queue.unshuffle();
    },

    toggleQueue() { this.queueOpen = !this.queueOpen && this.queue.songs.length > 0; },

    listen() {
      const on = (event, act) => audio.addEventListener(event, act.bind(this));
      on("timeupdate", () => { if (audio.getAttribute("src")) this.position = audio.currentTime; });
      on("durationchange", () => { this.measured = Number.isFinite(audio.duration) ? audio.duration : 0; });
      on("playing", () => { this.state = "playing"; this.failures = 0; heard.run(); });
      on("pause", () => { this.state = "paused"; heard.stop(); this.keepPosition(); });
      on("waiting", () => { if (!audio.paused) this.state = "waiting"; heard.stop(); });
      on("seeking", () => heard.stop());
      on("seeked", () => { if (!audio.paused && audio.readyState > 2) heard.run(); });
      on("ended", this.ended);
      on("error", this.failed);
      otherTabs.addEventListener("message", () => this.pause());
    },

    ended() {
      heard.end(true);
      if (this.repeat === "one") this.begin();
      else this.next();
    },

    /** A song that does not play is named and passed over, until none of the queue has played. */
    failed() {
      if (!audio.getAttribute("src")) return;
      heard.stop();
      this.failures += 1;
      const more = this.queue.step(1, false) >= 0 && this.failures < this.queue.songs.length && navigator.onLine;
      const reason = navigator.onLine ? "could not be played" : "cannot be loaded while you are offline";
      musicapp.toast(`“${this.song.title}” ${reason}.${more ? " The next song follows." : ""}`);
      if (more) this.next();
      else this.halt();
    },

    keep() {
      const { origin, source, volume, muted, repeat, shuffled } = this;
      musicapp.remember("player", { queue: this.queue.kept(), origin, source, volume, muted, repeat, shuffled });
    },

    keepPosition() { musicapp.remember("position", { key: this.song.key, at: this.position }); },

    /** Comes back as it was left, silent until somebody presses play. */
    restore() {
      const { queue, ...settings } = musicapp.recall("player", {});
      Object.assign(this, settings);
      this.queue.restore(queue);
      const left = musicapp.recall("position", {});
      if (left.key === this.song.key) this.position = left.at ?? 0;
      this.applyVolume();
    },
  });
});
