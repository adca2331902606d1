/* x-data="catalogSeek" around the waveform of a song's page, with data-id and data-duration: the place in the song while it
   plays, and a way to any place of it, playing or not. */
document.addEventListener("alpine:init", () => {
  Alpine.data("catalogSeek", () => ({
    dragged: null,

    get length() { return Number(this.$root.dataset.duration); },
    get plays() { return String(this.$store.player.song.id) === this.$root.dataset.id; },
    get at() { return this.dragged ?? (this.plays ? this.$store.player.position : 0); },
    get from() { return musicapp.clock(this.at); },
    get words() { return `${musicapp.spoken(this.at)} of ${musicapp.spoken(this.length)}`; },

    drag(event) { this.dragged = Number(event.target.value); },

    drop(event) {
      const to = Number(event.target.value);
      const list = this.$root.closest("[data-songs]");
      this.dragged = null;
      if (!this.plays) {
        const songs = JSON.parse(list.querySelector('script[type="application/json"]').textContent);
        this.$store.player.start(songs, 0, { origin: list.dataset.songs, source: list.dataset.source });
      }
      this.$store.player.seek(to);
    },
  }));
});
