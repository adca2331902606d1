/* x-data="playerBar": what the bar, the queue and the full view show of $store.player. x-data="seekBar": the waveform. */
document.addEventListener("alpine:init", () => {
  Alpine.data("playerBar", () => ({
    get player() { return this.$store.player; },
    get song() { return this.player.song; },
    get songs() { return this.player.queue.songs; },
    get later() { return this.songs.length === 1 ? "1 song" : `${this.songs.length} songs`; },
    get tint() { return this.song.tint || false; },
    get sounding() { return this.player.sounding; },
    get silent() { return !this.player.sounding; },
    get pressLabel() { return this.sounding ? "Pause" : "Play"; },
    get openLabel() { return `Open the full view of ${this.song.title}`; },
    get muteLabel() { return this.player.muted ? "Sound on" : "Mute"; },
    get loud() { return !this.player.muted; },
    get shuffled() { return String(this.player.shuffled); },
    get repeating() { return String(this.player.repeat !== "off"); },
    get repeatsOne() { return this.player.repeat === "one"; },
    get repeatsMany() { return this.player.repeat !== "one"; },
    get repeatLabel() { return { off: "Repeat", all: "Repeat, now everything", one: "Repeat, now this song" }[this.player.repeat]; },
    get queueOpen() { return this.player.queueOpen; },
    get volume() { return Math.round(this.player.volume * 100); },
    get volumeWords() { return `${this.volume} percent`; },

    toggle() { this.player.toggle(); },
    next() { this.player.next(); },
    previous() { this.player.previous(); },
    shuffle() { this.player.toggleShuffled(); },
    repeat() { this.player.cycleRepeat(); },
    mute() { this.player.toggleMuted(); },
    setVolume(event) { this.player.setVolume(event.target.value / 100); },
    toggleQueue() { this.player.toggleQueue(); },
    closeQueue() {
      if (!this.player.queueOpen) return;
      this.player.queueOpen = false;
      this.$refs.queueButton.focus();
    },
    clear() {
      this.$refs.stage.close();
      this.player.clear();
    },
    openStage() {
      this.$refs.stage.showModal();
      this.$refs.stage.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    },
    closeStage() { this.$refs.stage.close(); },

    jump(queued) { this.player.jump(queued.key); },
    remove(queued) { this.player.remove(queued.key); },
    isCurrent(queued) { return queued.key === this.player.song.key ? "true" : false; },
    removeLabel(queued) { return `Remove ${queued.title} from the queue`; },
  }));

  Alpine.data("seekBar", () => ({
    dragged: null,
    peaks: [],
    bars: 0,
    watcher: null,

    init() {
      this.watcher = new ResizeObserver(([entry]) => { this.bars = Math.min(240, Math.floor(entry.contentRect.width / 4)); });
      this.watcher.observe(this.$refs.ground);
      this.$watch("$store.player.song.peaks_url", () => this.fetchPeaks());
      this.fetchPeaks();
      this.$watch("bars", () => this.draw());
      this.$watch("peaks", () => this.draw());
    },

    destroy() { this.watcher.disconnect(); },

    async fetchPeaks() {
      const { peaks_url: url } = this.$store.player.song;
      const peaks = await musicapp.peaks(url);
      if (url === this.$store.player.song.peaks_url) this.peaks = peaks;
    },

    draw() {
      if (!this.bars) return;
      const { wave, rest, done } = this.$refs;
      const path = musicapp.wavePath(this.peaks, this.bars);
      wave.setAttribute("viewBox", `0 0 ${this.bars * 4} 40`);
      rest.setAttribute("d", path);
      done.setAttribute("d", path);
    },

    get at() { return this.dragged ?? this.$store.player.position; },
    get length() { return Math.ceil(this.$store.player.duration); },
    get share() { return this.length ? Math.min(100, (this.at / this.$store.player.duration) * 100) : 0; },
    get heardWidth() { return `${this.share}%`; },
    get from() { return musicapp.clock(this.at); },
    get whole() { return musicapp.clock(this.$store.player.duration); },
    get words() { return `${musicapp.spoken(this.at)} of ${musicapp.spoken(this.$store.player.duration)}`; },

    drag(event) { this.dragged = Number(event.target.value); },
    drop(event) {
      this.$store.player.seek(Number(event.target.value));
      this.dragged = null;
    },
    back() { this.$store.player.seek(this.at - 5); },
    ahead() { this.$store.player.seek(this.at + 5); },
  }));
});
