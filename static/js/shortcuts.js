/* Keys for the whole site; `?` lists them and can switch them off, since single letters disturb speech input. */
document.addEventListener("alpine:init", () => {
  const player = () => Alpine.store("player");
  const by = (seconds) => () => player().seek(player().position + seconds);
  const press = (name) => () => player()[name]();
  const faster = (step) => () => {
    player().setSpeed(player().speed + step);
    musicapp.toast(`Speed ${player().speed}×`);
  };
  const keys = {
    "/": () => {
      document.getElementById("stage").close();
      document.getElementById("q")?.focus();
    },
    "?": () => document.getElementById("keys").showModal(),
    " ": press("toggle"),
    k: press("toggle"),
    j: by(-10),
    l: by(10),
    ArrowLeft: by(-5),
    ArrowRight: by(5),
    n: press("next"),
    p: press("previous"),
    s: press("toggleShuffled"),
    r: press("cycleRepeat"),
    m: press("toggleMuted"),
    q: press("toggleQueue"),
    f: press("toggleStage"),
    h: () => { if (player().song.id) document.querySelector("#player [data-mark]")?.click(); },
    "<": faster(-0.25),
    ">": faster(0.25),
  };
  for (let tenth = 0; tenth <= 9; tenth += 1) keys[tenth] = () => player().seek((player().duration * tenth) / 10);

  const takesText = (place) => place.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const takesKey = {
    " ": (place) => place.closest("button, a, summary, input, dialog:not(.stage), audio"),
    ArrowLeft: (place) => place.closest("input, audio, [role], dialog:not(.stage)"),
  };
  takesKey.ArrowRight = takesKey.ArrowLeft;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (takesText(event.target) || takesKey[key]?.(event.target)) return;
    if (key !== "?" && !musicapp.recall("shortcuts", true)) return;
    if (!keys[key] || document.getElementById("keys").open) return;
    event.preventDefault();
    keys[key]();
  });

  Alpine.data("shortcutSwitch", () => ({
    on: musicapp.recall("shortcuts", true),
    flip() {
      this.on = !this.on;
      musicapp.remember("shortcuts", this.on);
    },
  }));
});
