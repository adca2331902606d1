/* x-data="queueList": the songs around the current one, of however many there are; put into another order by dragging the
   grip, by its arrow keys, or by the buttons behind “more”. */
const SHOWN = 50;
const BEFORE = 5;
const EDGE_PX = 48;

Alpine.data("queueList", () => ({
  before: BEFORE,
  after: SHOWN,
  opened: null,
  lifted: null,
  target: null,

  get player() { return this.$store.player; },
  get queue() { return this.player.queue; },
  get count() { return this.queue.songs.length; },
  get from() { return Math.max(0, this.queue.index - this.before); },
  get to() { return Math.min(this.count, this.queue.index + 1 + this.after); },
  get shown() { return this.queue.songs.slice(this.from, this.to); },
  get hasEarlier() { return this.from > 0; },
  get hasLater() { return this.to < this.count; },
  get laterWords() { return `Show more of the ${this.count - this.to} songs that follow`; },

  init() { this.$nextTick(() => this.$root.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" })); },

  showEarlier() { this.before += SHOWN; },
  showLater() { this.after += SHOWN; },

  isCurrent(queued) { return queued.key === this.player.song.key ? "true" : false; },
  isOpen(queued) { return queued.key === this.opened; },
  isLifted(queued) { return queued.key === this.lifted ? "" : false; },
  dropSide(queued) { return this.target?.key === queued.key ? this.target.side : false; },
  place(queued) { return this.queue.find(queued.key); },
  gripLabel(queued) { return `Move ${queued.title}, ${this.place(queued) + 1} of ${this.count}`; },
  moreLabel(queued) { return `More about ${queued.title} in the queue`; },

  cover(queued) { return queued.cover_url ? musicapp.sized(queued.cover_url, 96) : null; },

  jump(queued) { this.player.jump(queued.key); },
  open(queued) { this.opened = this.opened === queued.key ? null : queued.key; },
  playNext(queued) { this.keepFocus(queued.key, () => this.player.playNext(queued.key)); },
  up(queued) { this.put(queued, this.place(queued) - 1); },
  down(queued) { this.put(queued, this.place(queued) + 1); },
  put(queued, to) { this.keepFocus(queued.key, () => this.player.reorder(queued.key, to)); },

  /** Takes a song out; the focus goes to the one that stands there then. */
  remove(queued) {
    const list = this.$root;
    const at = this.place(queued);
    this.player.remove(queued.key);
    const { key } = this.queue.songs[Math.min(at, this.count - 1)] ?? {};
    this.$nextTick(() => (list.querySelector(`[data-key="${key}"] .grip`) ?? document.querySelector("#player .go")).focus());
  },

  /** A row that moves would lose the focus. */
  keepFocus(key, act) {
    const list = this.$root;
    const { act: name } = document.activeElement.dataset;
    act();
    this.$nextTick(() => {
      const button = list.querySelector(`[data-key="${key}"] [data-act="${name}"]`);
      button?.focus();
      button?.scrollIntoView({ block: "nearest" });
    });
  },

  press(event, queued) {
    const at = this.place(queued);
    const places = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: this.count - 1 };
    if (event.key in places) this.put(queued, places[event.key]);
    else if (event.key === "Delete") this.remove(queued);
    else return;
    event.preventDefault();
  },

  grab(event, queued) {
    if (event.button) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.lifted = queued.key;
  },

  drag(event) {
    if (this.lifted === null) return;
    const rows = [...this.$root.querySelectorAll("[data-key]")];
    const over = rows.find((row) => event.clientY < row.getBoundingClientRect().bottom) ?? rows.at(-1);
    const { top, height } = over.getBoundingClientRect();
    this.target = { key: Number(over.dataset.key), side: event.clientY < top + height / 2 ? "above" : "below" };
    this.scrollNear(event.clientY);
  },

  scrollNear(y) {
    const ground = this.$root.closest(".scrolls");
    const { top, bottom } = ground.getBoundingClientRect();
    if (y < top + EDGE_PX) ground.scrollBy(0, -EDGE_PX / 4);
    else if (y > bottom - EDGE_PX) ground.scrollBy(0, EDGE_PX / 4);
  },

  release() {
    const { lifted, target } = this;
    this.forget();
    if (lifted === null || !target || target.key === lifted) return;
    const at = this.queue.find(lifted);
    const to = this.queue.find(target.key) + (target.side === "below" ? 1 : 0);
    this.player.reorder(lifted, to > at ? to - 1 : to);
  },

  forget() { Object.assign(this, { lifted: null, target: null }); },
}));
