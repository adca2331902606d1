/* x-data="playerBar": what the bar and the full view show of $store.player, and what their buttons do. */
document.addEventListener("alpine:init", () => {
  const STOPS = [15, 30, 45, 60];
  const LEVELLINGS = [["song", "Every song alike"], ["album", "Albums as a whole"], ["off", "As recorded"]];

  Alpine.data("playerBar", () => ({
    stops: STOPS,
    levellings: LEVELLINGS.map(([value, label]) => ({ value, label })),

    get player() { return this.$store.player; },
    get sleep() { return this.$store.sleep; },
    get song() { return this.player.song; },
    get waits() { return this.player.trouble !== ""; },
    get cover() { return this.song.cover_url ? musicapp.sized(this.song.cover_url, 300) : null; },
    get largeCover() { return this.cover && musicapp.sized(this.cover, 600); },
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

    get fromAlbum() { return this.player.source === "album" && this.song.album; },
    get pane() {
      if (this.player.pane === "lyrics" && !this.song.lyrics_url) return false;
      return this.player.pane || false;
    },
    get hasLyrics() { return Boolean(this.song.lyrics_url); },
    get showsLyrics() { return this.player.stageOpen && this.pane === "lyrics"; },
    get showsQueue() { return this.player.stageOpen && this.pane === "queue"; },
    get lyricsPressed() { return String(this.pane === "lyrics"); },
    get queuePressed() { return String(this.pane === "queue"); },

    get sleepLabel() { return this.sleep.on ? `Sleep timer and sound, ${this.sleep.left}` : "Sleep timer and sound"; },
    get sleepSign() { return this.sleep.on && !this.sleep.atEnd ? this.sleep.left : ""; },
    get stopsWhen() { return this.sleep.atEnd ? "The music stops when this song ends." : `The music stops in ${this.sleep.left}.`; },
    get stopsAtEnd() { return String(this.sleep.atEnd); },
    get speed() { return this.player.speed; },
    get speedWords() { return `${this.speed} times`; },
    get speedSign() { return `${this.speed}×`; },

    toggle() { this.player.toggle(); },
    next() { this.player.next(); },
    previous() { this.player.previous(); },
    shuffle() { this.player.toggleShuffled(); },
    repeat() { this.player.cycleRepeat(); },
    mute() { this.player.toggleMuted(); },
    setVolume(event) { this.player.setVolume(event.target.value / 100); },
    setSpeed(event) { this.player.setSpeed(Number(event.target.value)); },
    usualSpeed() { this.player.setSpeed(1); },
    level(event) { this.player.levelling = event.target.value; },
    isLevel(one) { return one.value === this.player.levelling; },
    stopIn(minutes) { this.sleep.start(minutes); },
    stopsIn(minutes) { return String(this.sleep.minutes === minutes); },
    stopAtEnd() { this.sleep.startAtEnd(); },
    stayAwake() { this.sleep.cancel(); },

    toggleQueue() { this.player.toggleQueue(); },
    closeQueue() {
      if (!this.player.queueOpen) return;
      this.player.queueOpen = false;
      this.$refs.queueButton.focus();
    },
    clear() { this.player.clear(); },
    toggleLyrics() { this.player.togglePane("lyrics"); },
    showLyrics() {
      this.player.pane = "lyrics";
      this.player.toggleStage();
    },
    openStage() { this.player.toggleStage(); },
    closeStage() { this.$refs.stage.close(); },
    stageClosed() { this.player.stageOpen = false; },
    openSound() { this.$refs.sound.showModal(); },
  }));
});
