/* x-data="seekBar": the waveform of the song, and the way to any place of it. */
document.addEventListener("alpine:init", () => {
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
