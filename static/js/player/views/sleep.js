/* $store.player.sleep: stops the music after some minutes, fading out, or at the end of the song. */
const FADE_S = 12;
const player = Alpine.store("player");
let until = 0;
let ticking;

player.sleep = {
  minutes: 0,
  leftS: 0,
  atEnd: false,

  get left() { return this.atEnd ? "until the song ends" : this.minutes ? musicapp.clock(this.leftS) : ""; },

  start(minutes) {
    this.cancel();
    this.minutes = minutes;
    until = Date.now() + minutes * 60_000;
    ticking = setInterval(() => player.sleep.tick(), 1_000);
    this.tick();
    player.say(`The music stops in ${minutes} minutes.`);
  },

  startAtEnd() {
    this.cancel();
    this.atEnd = true;
    player.say("The music stops when this song ends.");
  },

  tick() {
    this.leftS = Math.max(0, Math.round((until - Date.now()) / 1000));
    player.fadeTo(Math.min(1, this.leftS / FADE_S));
    if (!this.leftS) this.end();
  },

  end() {
    player.pause();
    this.cancel();
    player.say("Good night: the sleep timer has stopped the music.");
  },

  cancel() {
    clearInterval(ticking);
    Object.assign(this, { minutes: 0, leftS: 0, atEnd: false });
    player.fadeTo(1);
  },
};
