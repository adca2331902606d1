/* Two <audio> elements in turn: while one sounds, the other gets the next song ready, and begins in the moment the first
   ends. Knows no queue: only addresses, seconds and who sounds. */
musicapp.Deck = class {
  static PREPARED_S = 30;
  static SCHEDULED_S = 1.5;
  static MEASURED_S = 0.5;
  static LONGEST_START_MS = 250;

  /** `startingMs`: what a prepared element needs from play() to its first sound; measured, since each device has its own. */
  constructor([on, idle]) {
    Object.assign(this, { on, idle, startingMs: 40, calledAt: null });
    on.dataset.on = "";
  }

  /** Handlers by event; only what the sounding element says is heard. */
  listen(handlers) {
    for (const audio of [this.on, this.idle]) {
      for (const [event, act] of Object.entries(handlers)) audio.addEventListener(event, () => { if (audio === this.on) act(); });
    }
  }

  get loaded() { return this.on.hasAttribute("src"); }
  get leftS() { return (this.on.duration - this.on.currentTime) / this.on.playbackRate; }

  /** Puts a song on, from `at` seconds: the prepared one when it is this, so that it sounds at once. */
  load(url, at) {
    this.forgetEnd();
    if (at === 0 && this.idle.getAttribute("src") === url && this.idle.readyState > 2) return this.swap();
    this.on.src = url;
    this.on.currentTime = at;
  }

  swap() {
    const before = this.on;
    if (!(this.leftS < 0.2)) before.pause();
    [this.on, this.idle] = [this.idle, before];
    delete before.dataset.on;
    this.on.dataset.on = "";
    if (this.on.currentTime) this.on.currentTime = 0;
    this.calledAt = performance.now();
  }

  /** Learns from a song that followed another how early the next one has to be called. */
  measure() {
    const { currentTime: at, playbackRate: rate } = this.on;
    if (this.calledAt === null || at < musicapp.Deck.MEASURED_S) return;
    const took = performance.now() - this.calledAt - (at * 1000) / rate;
    if (took >= 0 && took < musicapp.Deck.LONGEST_START_MS) this.startingMs = (this.startingMs + took) / 2;
    this.calledAt = null;
  }

  unload() {
    this.forgetEnd();
    this.on.pause();
    for (const audio of [this.on, this.idle]) audio.removeAttribute("src");
  }

  /** Starts the sound. A browser that wants a touch before each element plays is given this one for both. */
  play() {
    if (!this.idle.hasAttribute("src")) this.idle.load();
    return this.on.play();
  }

  /** Near the end of a song, has the next one ready and calls `act` when it is time for it. */
  follow(url, act) {
    this.measure();
    if (!url || !(this.leftS < musicapp.Deck.PREPARED_S)) return;
    if (this.idle.getAttribute("src") !== url) this.idle.src = url;
    clearTimeout(this.timer);
    if (this.leftS < musicapp.Deck.SCHEDULED_S && this.idle.readyState > 2) {
      this.timer = setTimeout(act, Math.max(0, this.leftS * 1000 - this.startingMs));
    }
  }

  forgetEnd() {
    clearTimeout(this.timer);
    this.calledAt = null;
  }

  setRate(rate) {
    for (const audio of [this.on, this.idle]) Object.assign(audio, { defaultPlaybackRate: rate, playbackRate: rate, preservesPitch: true });
  }
};
