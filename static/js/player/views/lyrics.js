/* x-data="songLyrics": the words of the playing song; timed ones follow it, and a line is a way to its place. */
const AHEAD_S = 0.2;

Alpine.data("songLyrics", () => ({
  lines: [],
  words: "",
  problem: "",
  calm: matchMedia("(prefers-reduced-motion: reduce)"),

  init() {
    this.$watch("$store.player.song.lyrics_url", () => this.load());
    this.$watch("sung", () => this.follow());
    this.load();
  },

  get player() { return this.$store.player; },
  get sung() { return this.lines.findLastIndex((line) => line.at_s <= this.player.position + AHEAD_S); },
  get plain() { return this.lines.length ? "" : this.words; },

  async load() {
    const { lyrics_url: url } = this.player.song;
    Object.assign(this, { lines: [], words: "", problem: "" });
    if (!url) return;
    try {
      const { lines, words } = await musicapp.request(url);
      if (url !== this.player.song.lyrics_url) return;
      Object.assign(this, { lines: lines.map((line, at) => ({ ...line, at })), words });
      this.$nextTick(() => this.follow());
    } catch (refusal) {
      this.problem = refusal.message;
    }
  },

  /** Brings the line that is sung to the middle, unless somebody walks through the lines by keyboard. */
  follow() {
    const line = this.$root.querySelector("[aria-current]");
    if (!line || this.$root.matches(":has(:focus-visible)")) return;
    const { offsetTop, offsetHeight } = line;
    const top = offsetTop - (this.$root.clientHeight - offsetHeight) / 2;
    this.$root.scrollTo({ top, behavior: this.calm.matches ? "instant" : "smooth" });
  },

  isSung(line) { return line.at === this.sung ? "true" : false; },
  isPause(line) { return !line.words; },
  go(line) { this.player.seek(line.at_s); },
}));
