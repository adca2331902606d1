/* The order of play: songs, where we stand, and the order to come back to after shuffling. Knows no sound and no page. */
musicapp.Queue = class {
  constructor() {
    this.songs = [];
    this.index = -1;
    this.unshuffled = null;
    this.lastKey = 0;
  }

  /** Every change puts another list in place. Lists and songs are frozen, so that thousands cost Alpine nothing. */
  get songs() { return this.list; }
  set songs(songs) { this.list = Object.freeze(songs); }

  get current() {
    return this.songs[this.index] ?? null;
  }

  /** The same song may stand twice, so each place gets a key of its own. */
  placed(songs) {
    return songs.map((song) => Object.freeze({ ...song, key: ++this.lastKey }));
  }

  fill(songs, index) {
    this.songs = this.placed(songs);
    this.index = index;
    this.unshuffled = null;
  }

  /** Puts songs at a place of the order; the current song stays current. */
  insert(songs, at) {
    const added = this.placed(songs);
    this.songs = [...this.songs.slice(0, at), ...added, ...this.songs.slice(at)];
    if (this.index < 0) this.index = 0;
    else if (at <= this.index) this.index += added.length;
    return added.map((song) => song.key);
  }

  add(songs) { return this.insert(songs, this.songs.length); }
  addNext(songs) { return this.insert(songs, this.index + 1); }

  find(key) {
    return this.songs.findIndex((song) => song.key === key);
  }

  /** Puts one place to another; the current song stays current, wherever it stands then. */
  move(key, to) {
    const at = this.find(key);
    if (at < 0) return;
    const { key: current } = this.current;
    const songs = [...this.songs];
    songs.splice(Math.min(Math.max(0, to), songs.length - 1), 0, ...songs.splice(at, 1));
    this.songs = songs;
    this.index = this.find(current);
  }

  /** Takes one place out; the current song stays current, or the following one becomes it. */
  remove(key) {
    const at = this.find(key);
    if (at < 0) return;
    this.songs = this.songs.filter((song) => song.key !== key);
    if (at < this.index || this.index === this.songs.length) this.index -= 1;
  }

  /** The index one step on (1) or back (-1), or -1 where the queue ends. */
  step(by, around) {
    const to = this.index + by;
    if (to >= 0 && to < this.songs.length) return to;
    return around && this.songs.length ? (to + this.songs.length) % this.songs.length : -1;
  }

  /** Mixes all songs and puts the current one first. */
  shuffle() {
    this.unshuffled = this.songs.map((song) => song.key);
    const rest = this.songs.filter((_, at) => at !== this.index);
    for (let at = rest.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [rest[at], rest[other]] = [rest[other], rest[at]];
    }
    this.songs = this.current ? [this.current, ...rest] : rest;
    this.index = this.songs.length ? 0 : -1;
  }

  /** Back to the order before; what was added meanwhile comes last. */
  unshuffle() {
    if (!this.unshuffled) return;
    const { key } = this.current ?? {};
    const rank = new Map(this.unshuffled.map((known, at) => [known, at]));
    const place = (song) => rank.get(song.key) ?? Infinity;
    this.songs = [...this.songs].sort((one, other) => (place(one) === place(other) ? 0 : place(one) - place(other)));
    this.index = this.find(key);
    this.unshuffled = null;
  }

  kept() {
    const { songs, index, unshuffled, lastKey } = this;
    return { songs, index, unshuffled, lastKey };
  }

  restore(kept) {
    if (Array.isArray(kept?.songs)) Object.assign(this, kept, { songs: kept.songs.map(Object.freeze) });
  }
};
