/* $store.player: one deck, one queue. Everything that plays goes through here; the bar and the pages only show it. */
document.addEventListener("alpine:init", () => {
  const NOTHING = Object.freeze({
    id: null, key: null, title: "", artist: "", artist_url: "", album: null, album_url: null, url: "", audio_url: "",
    cover_url: null, peaks_url: null, lyrics_url: null, duration_s: 0, tint: "",
  });
  const RESTART_AFTER_S = 3;
  const STALLED_MS = 4_000;
  const MOST_RETRIES = 2;
  const RECOVERED_S = 5;
  const deck = new musicapp.Deck(document.querySelectorAll("#player audio"));
  const heard = new musicapp.Heard();
  const otherTabs = new BroadcastChannel("musicapp.player");
  let stalling;
  let searches = 0;
  let fade = 1;

  Alpine.store("player", {
    ...musicapp.queueing,
    queue: new musicapp.Queue(),
    origin: "",
    source: "",
    radio: "",
    state: "paused",
    position: 0,
    measured: 0,
    volume: 1,
    muted: false,
    repeat: "off",
    shuffled: false,
    speed: 1,
    levelling: "album",
    queueOpen: false,
    stageOpen: false,
    pane: "lyrics",
    views: false,
    sleep: { left: "", atEnd: false },
    trouble: "",
    said: "",
    failures: 0,
    retries: 0,
    failedAt: 0,

    get song() { return this.queue.current ?? NOTHING; },
    get duration() { return this.measured || this.song.duration_s || 0; },
    get sounding() { return this.state !== "paused"; },
    get stopsHere() { return this.sleep.atEnd; },
    /** Where the queue goes when this song has ended; -1: nowhere. */
    get following() { return this.repeat === "one" ? this.queue.index : this.queue.step(1, this.repeat === "all"); },

    init() {
      musicapp.keepPlayer(this);
      this.listen();
      deck.setRate(this.speed);
      musicapp.followOnSystem(this);
      musicapp.keepRadioGoing(this);
      Alpine.effect(() => document.documentElement.toggleAttribute("data-player", this.queue.songs.length > 0));
      Alpine.effect(() => this.applyVolume());
    },

    /** Replaces the queue. `origin` names where the songs came from, `source` is the word for the play ledger, `radio` a URL
        that answers what follows, without an end. */
    start(songs, index, { origin = "", source = "queue", radio = "", at = 0 } = {}) {
      if (!songs.length) return;
      this.queue.fill(songs, index);
      Object.assign(this, { origin, source, radio, failures: 0 });
      if (this.shuffled) this.queue.shuffle();
      this.begin(at);
    },

    /** Goes on where another device stopped. */
    take({ songs, place, position_s: at, origin, source, repeat, shuffled }) {
      this.queue.fill(songs, place);
      const radio = source === "radio" ? `/api${origin}` : "";
      Object.assign(this, { origin, source, radio, repeat, shuffled, failures: 0 });
      this.begin(at);
    },

    /** Plays the current song from `at` seconds. */
    begin(at = 0) {
      this.open(at);
      this.say(`${this.song.title} by ${this.song.artist}`);
      this.play();
    },

    /** A song of its own in the play ledger. */
    open(at) {
      heard.begin(this.song, this.source);
      this.retries = 0;
      this.load(at);
    },

    load(at) {
      this.position = at;
      this.measured = 0;
      deck.load(this.song.audio_url, at);
      deck.setRate(this.speed);
      this.applyVolume();
    },

    async play() {
      if (!this.song.id) return;
      if (!deck.loaded) this.open(this.position);
      else if (deck.on.error) this.load(this.position);
      this.state = "waiting";
      this.trouble = "";
      otherTabs.postMessage("playing");
      try {
        await deck.play();
      } catch (refused) {
        if (refused.name === "NotAllowedError") this.state = "paused";
      }
    },

    pause() {
      deck.on.pause();
      this.state = "paused";
      this.trouble = "";
    },

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

    jump(key) { this.move(this.queue.find(key)); },

    halt() {
      heard.end(false);
      deck.unload();
      Object.assign(this, { state: "paused", trouble: "", position: 0, measured: 0 });
    },

    seek(to) {
      this.position = Math.min(Math.max(0, to), Math.max(0, this.duration - 0.25));
      deck.forgetEnd();
      if (deck.loaded) deck.on.currentTime = this.position;
    },

    setVolume(to) {
      this.volume = Math.min(1, Math.max(0, to));
      this.muted = this.volume === 0;
    },

    toggleMuted() {
      this.muted = !this.muted;
      if (!this.muted && this.volume === 0) this.volume = 0.5;
    },

    fadeTo(share) {
      fade = share;
      this.applyVolume();
    },

    applyVolume() {
      const inOrder = this.source === "album" && !this.shuffled;
      deck.on.volume = this.volume ** 2 * musicapp.loudness(this.song, this.levelling, inOrder) * fade;
      deck.on.muted = this.muted;
    },

    setSpeed(to) {
      this.speed = Math.min(2, Math.max(0.5, to));
      deck.setRate(this.speed);
    },

    cycleRepeat() {
      this.repeat = { off: "all", all: "one", one: "off" }[this.repeat];
      this.say({ off: "Nothing repeats.", all: "The whole queue repeats.", one: "This song repeats." }[this.repeat]);
    },

    toggleShuffled() {
      this.shuffled = !this.shuffled;
      if (this.shuffled) this.queue.shuffle();
      else this.queue.unshuffle();
      this.say(this.shuffled ? "The queue is shuffled." : "The queue is in its order again.");
    },

    /** Tells screen readers. */
    say(words) { this.said = words; },

    listen() {
      deck.listen({
        timeupdate: () => this.heardOn(),
        durationchange: () => { this.measured = Number.isFinite(deck.on.duration) ? deck.on.duration : 0; },
        playing: () => {
          clearTimeout(stalling);
          Object.assign(this, { state: "playing", trouble: "", failures: 0 });
          heard.run();
        },
        pause: () => {
          heard.stop();
          deck.forgetEnd();
          if (!deck.on.error) this.state = "paused";
        },
        waiting: () => {
          heard.stop();
          if (deck.on.paused) return;
          this.state = "waiting";
          this.watchStall();
        },
        seeking: () => heard.stop(),
        seeked: () => { if (!deck.on.paused && deck.on.readyState > 2) heard.run(); },
        ended: () => this.ended(),
        error: () => { if (deck.loaded) this.recover(true); },
      });
      otherTabs.addEventListener("message", () => this.pause());
    },

    heardOn() {
      if (!deck.loaded) return;
      if (deck.on.currentTime > this.failedAt + RECOVERED_S) this.retries = 0;
      this.position = deck.on.currentTime;
      if (this.sounding && !this.stopsHere) deck.follow(this.queue.songs[this.following]?.audio_url, () => this.ended());
    },

    ended() {
      heard.end(true);
      const to = this.following;
      if (!this.stopsHere) return this.move(to);
      this.sleep.end();
      this.halt();
      if (to >= 0) this.queue.index = to;
    },

    watchStall() {
      clearTimeout(stalling);
      stalling = setTimeout(() => { if (this.state === "waiting") this.recover(false); }, STALLED_MS);
    },

    /** Finds out why no sound comes. Without a connection it waits and goes on at the same second; a song that the site
        does not give is named and passed over. `broken` says that the browser has given the song up already. */
    async recover(broken) {
      heard.stop();
      clearTimeout(stalling);
      if (!this.sounding) return;
      const search = searches += 1;
      const { key, title, audio_url: url } = this.song;
      this.state = "waiting";
      const answer = await musicapp.reach(url, {
        wanted: () => search === searches && this.song.key === key && this.state === "waiting",
        away: () => {
          this.trouble = "Waiting for the connection";
          this.say(this.trouble);
        },
      });
      if (!answer) return;
      this.trouble = "";
      if (answer.refused === 401) this.giveUp(answer.message);
      else if (answer.refused) this.passOver(`“${title}” cannot be played: ${answer.message ?? "the site does not give it."}`);
      else if (broken && !answer.waited && this.retries >= MOST_RETRIES) this.passOver(`“${title}” could not be played.`);
      else if (broken || answer.waited) this.tryAgain();
      else this.watchStall();
    },

    tryAgain() {
      this.retries += 1;
      this.failedAt = this.position;
      this.load(this.position);
      this.play();
    },

    /** Names a song that does not play and goes on, until none of the queue has played. */
    passOver(words) {
      this.failures += 1;
      const more = this.queue.step(1, false) >= 0 && this.failures < this.queue.songs.length;
      musicapp.toast(`${words}${more ? " The next song follows." : ""}`);
      if (more) this.next();
      else this.halt();
    },

    giveUp(words) {
      const { position } = this;
      this.halt();
      this.position = position;
      musicapp.toast(words);
    },
  });
});
