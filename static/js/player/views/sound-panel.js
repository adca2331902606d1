/* x-data="soundPanel": the sleep timer, the speed and the loudness of $store.player. */
const STOPS = [15, 30, 45, 60];
const LEVELLINGS = [["song", "Every song alike"], ["album", "Albums as a whole"], ["off", "As recorded"]];

Alpine.data("soundPanel", () => ({
  stops: STOPS,
  levellings: LEVELLINGS.map(([value, label]) => ({ value, label })),

  get player() { return this.$store.player; },
  get sleep() { return this.player.sleep; },
  get awake() { return !this.sleep.left; },
  get stopsWhen() { return this.sleep.atEnd ? "The music stops when this song ends." : `The music stops in ${this.sleep.left}.`; },
  get stopsAtEnd() { return String(this.sleep.atEnd); },
  get speed() { return this.player.speed; },
  get speedWords() { return `${this.speed} times`; },
  get speedSign() { return `${this.speed}×`; },

  setSpeed(event) { this.player.setSpeed(Number(event.target.value)); },
  usualSpeed() { this.player.setSpeed(1); },
  level(event) { this.player.levelling = event.target.value; },
  isLevel(one) { return one.value === this.player.levelling; },
  stopIn(minutes) { this.sleep.start(minutes); },
  stopsIn(minutes) { return String(this.sleep.minutes === minutes); },
  stopAtEnd() { this.sleep.startAtEnd(); },
  stayAwake() { this.sleep.cancel(); },
}));
