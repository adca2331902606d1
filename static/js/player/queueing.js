/* What listeners do to the queue, each with a way back: a part of $store.player. */
musicapp.queueing = {
  add(songs) {
    const keys = this.queue.add(songs);
    const added = songs.length === 1 ? `“${songs[0].title}”` : `${songs.length} songs`;
    musicapp.toast(`Added ${added} to the queue.`, { undo: () => this.removeAll(keys) });
  },

  addNext(songs) {
    const keys = this.queue.addNext(songs);
    const words = songs.length === 1 ? `“${songs[0].title}” plays next.` : `${songs.length} songs play next.`;
    musicapp.toast(words, { undo: () => this.removeAll(keys) });
  },

  removeAll(keys) { for (const key of keys) this.drop(key); },

  /** Puts a song of the queue to another place of it. */
  reorder(key, to) {
    this.queue.move(key, to);
    const at = this.queue.find(key);
    this.say(`“${this.queue.songs[at].title}” is now ${at + 1} of ${this.queue.songs.length}.`);
  },

  /** Lets a song of the queue follow the one that plays. */
  playNext(key) {
    const at = this.queue.find(key);
    if (at !== this.queue.index) this.reorder(key, at < this.queue.index ? this.queue.index : this.queue.index + 1);
  },

  remove(key) {
    const at = this.queue.find(key);
    const song = this.queue.songs[at];
    this.drop(key);
    musicapp.toast(`“${song.title}” left the queue.`, { undo: () => this.queue.insert([song], at) });
  },

  drop(key) {
    const was = this.song.key;
    this.queue.remove(key);
    if (this.song.key === was) return;
    if (this.song.id && this.sounding) this.begin();
    else this.halt();
  },

  /** Empties the queue, and ends the radio that fills it; the toast gives both back. */
  clear() {
    const kept = this.queue.kept();
    const { position, origin, source, radio } = this;
    this.halt();
    this.queue.fill([], -1);
    Object.assign(this, { origin: "", source: "queue", radio: "" });
    this.queueOpen = false;
    document.getElementById("stage").close();
    musicapp.toast("The queue is empty.", { undo: () => {
      this.queue.restore(kept);
      Object.assign(this, { position, origin, source, radio });
    } });
  },

  /** What only those need who look into the queue or the full view is fetched then. */
  async loadViews() {
    if (this.views) return;
    const { views } = document.getElementById("player").dataset;
    try {
      await Promise.all(views.split(" ").map((address) => import(address)));
      this.views = true;
    } catch {
      musicapp.toast("This part of the player could not be loaded. Check your connection and try again.");
    }
  },

  /** The queue: beside the page, or in the full view when that is open. */
  toggleQueue() {
    this.loadViews();
    if (this.stageOpen) this.togglePane("queue");
    else this.queueOpen = !this.queueOpen && this.queue.songs.length > 0;
  },

  toggleStage() {
    this.loadViews();
    const stage = document.getElementById("stage");
    if (stage.open) stage.close();
    else if (this.song.id) stage.showModal();
    this.stageOpen = stage.open;
  },

  /** What stands beside the cover in the full view: "lyrics", "queue" or nothing. */
  togglePane(pane) { this.pane = this.pane === pane ? "" : pane; },
};
