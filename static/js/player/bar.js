/* x-data="playerBar": what the bar and the full view show of $store.player, and what their buttons do. */
document.addEventListener("alpine:init", () => {
  /* What became of hearts since their songs came to this page: true or false by the song's id. */
  Alpine.store("favourites", {});

  Alpine.data("playerBar", () => ({
    get player() { return this.$store.player; },
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
    get favourite() { return String(this.$store.favourites[this.song.id] ?? this.song.favourite ?? false); },
    get favouriteNext() { return this.favourite === "true" ? 0 : 1; },
    get volume() { return Math.round(this.player.volume * 100); },
    get volumeWords() { return `${this.volume} percent`; },

    get fromAlbum() { return this.player.source === "album" && this.song.album; },
    get pane() {
      if (this.player.pane === "lyrics" && !this.song.lyrics_url) return false;
      return this.player.pane || false;
    },
    get hasLyrics() { return Boolean(this.song.lyrics_url); },
    get listsQueue() { return this.player.views && this.queueOpen; },
    get showsLyrics() { return this.player.views && this.player.stageOpen && this.pane === "lyrics"; },
    get showsQueue() { return this.player.views && this.player.stageOpen && this.pane === "queue"; },
    get lyricsPressed() { return String(this.pane === "lyrics"); },
    get queuePressed() { return String(this.pane === "queue"); },

    get sleepLabel() { return `Sleep timer and sound${this.player.sleep.left && `, ${this.player.sleep.left}`}`; },
    get sleepSign() { return this.player.sleep.atEnd ? "" : this.player.sleep.left; },

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
    clear() { this.player.clear(); },
    toggleLyrics() { this.player.togglePane("lyrics"); },
    showLyrics() {
      this.player.pane = "lyrics";
      this.player.toggleStage();
    },
    openStage() { this.player.toggleStage(); },
    closeStage() { this.$refs.stage.close(); },
    stageClosed() { this.player.stageOpen = false; },
    async openSound() {
      await this.player.loadViews();
      this.$refs.sound.showModal();
    },
  }));
});
