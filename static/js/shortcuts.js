/* Keys for the whole site; `?` lists them and can switch them off, since single letters disturb speech input. */
document.addEventListener("alpine:init", () => {
  const player = () => Alpine.store("player");
  const keys = {
    "/": () => document.getElementById("q")?.focus(),
    "?": () => document.getElementById("keys").showModal(),
    " ": () => player().toggle(),
    k: () => player().toggle(),
    j: () => player().seek(player().position - 10),
    l: () => player().seek(player().position + 10),
    N: () => player().next(),
    P: () => player().previous(),
    m: () => player().toggleMuted(),
    q: () => player().toggleQueue(),
  };
  const takesText = (place) => place.closest("input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const takesSpace = (place) => place.closest("button, a, summary, input, dialog, audio");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (takesText(event.target) || (event.key === " " && takesSpace(event.target))) return;
    if (event.key !== "?" && !musicapp.recall("shortcuts", true)) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  Alpine.data("shortcutSwitch", () => ({
    on: musicapp.recall("shortcuts", true),
    flip() {
      this.on = !this.on;
      musicapp.remember("shortcuts", this.on);
    },
  }));
});
