/* x-data="uploads" on a form: files that are chosen or dropped on it go up in pieces to data-uploads, with what the form says.
   data-max-mb is the largest file, data-edit the page that edits several songs, data-scripts what only this page needs.
   Nothing goes before the tick `rights`. */
document.addEventListener("alpine:init", () => {
  const OWN_WORDS = "other";

  /** What a form says about songs, as the API takes it; null while it does not say that they may be published. */
  function wishesOf(form) {
    const said = new FormData(form);
    if (!said.get("rights")) return null;
    if (said.get("publish") === "at") said.set("publish", said.get("at"));
    if (said.get("licence") === OWN_WORDS) said.set("licence", said.get("own_licence"));
    for (const name of ["csrf_token", "at", "own_licence", "audio"]) said.delete(name);
    return [...said];
  }

  Alpine.data("uploads", () => ({
    leftOut: [],
    withCover: true,
    fresh: [],

    init() {
      if (!this.$root.dataset.uploads) return;
      this.scripts = Promise.all(this.$root.dataset.scripts.split(" ").map((url) => import(url)));
      this.$store.uploads.recall(this.$root.dataset.uploads);
    },

    get lines() { return this.$store.uploads.lines; },
    get any() { return this.lines.length > 0; },
    get percent() { return this.$store.uploads.percent; },
    get active() { return this.$store.uploads.active; },
    get ready() { return this.lines.filter((one) => one.state === "ready"); },
    get summary() { return `${this.ready.length} of ${this.lines.length} ready`; },
    get sent() { return `${this.percent} % sent`; },
    get unsaid() { return this.lines.some((one) => one.state === "waiting" && !one.due); },
    get leftWords() {
      const names = this.leftOut.slice(0, 3).join(", ") + (this.leftOut.length > 3 ? ", …" : "");
      return this.leftOut.length === 1 ? `${names} is no music and was left out.` : `${this.leftOut.length} files are no music and were left out: ${names}`;
    },
    get editable() { return Boolean(this.$root.dataset.edit) && !this.active && this.ready.length > 0; },
    get editUrl() { return `${this.$root.dataset.edit}?ids=${this.ready.map((one) => one.songId)}`; },
    get editWords() { return this.ready.length === 1 ? "Edit this song" : `Edit these ${this.ready.length} songs`; },

    choose(event) {
      this.take({ files: [...event.target.files], entries: [] });
      event.target.value = "";
    },
    over(event) { event.currentTarget.dataset.over = ""; },
    out(event) { delete event.currentTarget.dataset.over; },
    drop(event) {
      this.out(event);
      this.take({ files: [], entries: [...event.dataTransfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean) });
    },

    async take(source) {
      await this.scripts;
      const { music, leftOut } = musicapp.sift(await musicapp.filesOf(source));
      const [store, wishes, most] = [this.$store.uploads, wishesOf(this.$root), Number(this.$root.dataset.maxMb)];
      this.leftOut = leftOut;
      for (const one of music) this.fresh.push((await store.add(this.withCover ? one : { file: one.file }, wishes, most)).key);
      store.work();
    },

    /** What the form says now holds for the files of this visit that have not set out yet. */
    say() {
      const wishes = wishesOf(this.$root);
      for (const one of this.lines) {
        if (one.state === "waiting" && !one.address && this.fresh.includes(one.key)) one.wishes = wishes;
      }
      this.$store.uploads.work();
    },

    retry(one) {
      one.wishes = wishesOf(this.$root) ?? one.wishes;
      this.$store.uploads.retry(one);
    },
    remove(one) { this.$store.uploads.remove(one); },
  }));
});
