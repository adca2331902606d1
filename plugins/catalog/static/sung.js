/* x-data="catalogSung" on timed lyrics with data-id: marks the line that is sung while that song plays; a click on a line
   goes there. Lines carry data-at, their second. */
document.addEventListener("alpine:init", () => {
  Alpine.data("catalogSung", () => ({
    get plays() { return String(this.$store.player.song.id) === this.$root.dataset.id; },

    mark() {
      const lines = [...this.$root.querySelectorAll("[data-at]")];
      const { position } = this.$store.player;
      const sung = this.plays ? lines.findLast((line) => Number(line.dataset.at) <= position) : undefined;
      for (const line of lines) {
        if (line === sung) line.setAttribute("aria-current", "true");
        else line.removeAttribute("aria-current");
      }
    },

    go({ target }) {
      const line = target.closest("[data-at]");
      if (line && this.plays && !getSelection().toString()) this.$store.player.seek(Number(line.dataset.at));
    },
  }));
});
