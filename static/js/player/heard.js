/* Counts what was really heard: time on the clock while sound comes out, never what was skipped over; at double speed a
   song of four minutes is heard for two. A play is kept on this device until the site has it; a later report of the same
   start carries the longer time. */
musicapp.Heard = class {
  static PAUSE_MS = 30_000;
  static LEAST_MS = 1_000;
  static KEPT_PLAYS = 200;
  static SENT_PLAYS = 50;

  constructor() {
    this.play = null;
    this.since = null;
    this.sending = false;
    addEventListener("online", () => this.send());
    addEventListener("pagehide", () => { this.stop(); this.report(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.report(); });
    setTimeout(() => this.send(), 3_000);
  }

  /** A song begins. */
  begin(song, source) {
    this.end(false);
    this.play = { song_id: song.id, started_at: new Date().toISOString(), heard_ms: 0, completed: false, source };
  }

  /** Sound comes out from now on. */
  run() {
    clearTimeout(this.pauseTimer);
    if (this.play) this.since ??= performance.now();
  }

  /** No sound for now: paused, waiting for the network, or seeking. */
  stop() {
    this.settle();
    this.since = null;
    clearTimeout(this.pauseTimer);
    if (this.play) this.pauseTimer = setTimeout(() => this.report(), musicapp.Heard.PAUSE_MS);
  }

  /** The song is over, played through or left. */
  end(completed) {
    if (!this.play) return;
    this.stop();
    clearTimeout(this.pauseTimer);
    this.play.completed = completed;
    this.report();
    this.play = null;
  }

  settle() {
    if (this.since === null) return;
    const now = performance.now();
    this.play.heard_ms += Math.round(now - this.since);
    this.since = now;
  }

  report() {
    this.settle();
    if (!this.play || this.play.heard_ms < musicapp.Heard.LEAST_MS) return;
    const others = this.kept().filter((play) => !this.same(play, this.play));
    this.keep([...others, { ...this.play }]);
    this.send();
  }

  same(one, other) {
    return one.song_id === other.song_id && one.started_at === other.started_at;
  }

  kept() {
    return musicapp.recall("plays", []);
  }

  keep(plays) {
    musicapp.remember("plays", plays.slice(-musicapp.Heard.KEPT_PLAYS));
  }

  async send() {
    const plays = this.kept().slice(0, musicapp.Heard.SENT_PLAYS);
    if (!plays.length || this.sending) return;
    this.sending = true;
    try {
      await musicapp.request("/api/plays", { method: "POST", body: { plays }, keepalive: true });
      this.forget(plays);
    } catch (refusal) {
      const later = refusal.status === 0 || refusal.status >= 500 || [408, 409, 429].includes(refusal.status);
      if (later) return;
      this.forget(plays);
    } finally {
      this.sending = false;
    }
    if (this.kept().length) this.send();
  }

  /** Takes out what was sent, but not what has been heard further meanwhile. */
  forget(sent) {
    const done = (play) => sent.some((one) => this.same(one, play) && one.heard_ms >= play.heard_ms && one.completed === play.completed);
    this.keep(this.kept().filter((play) => !done(play)));
  }
};
