/* Several songs at once: Ctrl- or Shift-click on rows, or “Select” in a row's menu, and one bar for all that are ticked. */
(() => {
  let bar = null;
  let last = null;

  const rows = () => [...document.querySelectorAll("#main .row[data-song]:not(.off)")];
  const box = (row) => row.querySelector(".pick input");
  const picked = () => rows().filter((row) => box(row)?.checked);

  const records = (list) =>
    new Map(JSON.parse(list.querySelector('script[type="application/json"]').textContent).map((song) => [String(song.id), song]));

  /** The records of the ticked songs; each list is read once, however many of its rows are ticked. */
  function songs() {
    const read = new Map();
    return picked().map((row) => {
      const list = row.closest("[data-songs]");
      if (!read.has(list)) read.set(list, records(list));
      return read.get(list).get(row.dataset.song);
    });
  }

  function addBoxes() {
    const label = document.getElementById("pick").content.firstElementChild;
    for (const row of rows()) {
      if (box(row)) continue;
      row.querySelector(".tail").prepend(label.cloneNode(true));
      box(row).setAttribute("aria-label", `Select ${row.querySelector("h3 a").textContent}`);
    }
  }

  function begin() {
    if (bar) return;
    bar = document.getElementById("picking").content.firstElementChild.cloneNode(true);
    bar.addEventListener("click", ({ target }) => acts[target.closest("[data-do]")?.dataset.do]?.(target));
    document.body.append(bar);
    addBoxes();
  }

  function end() {
    bar?.remove();
    for (const label of document.querySelectorAll("#main .pick")) label.remove();
    bar = last = null;
  }

  function say() {
    const count = picked().length;
    if (count) bar.querySelector("[role=status]").textContent = count === 1 ? "1 song selected" : `${count} songs selected`;
    else end();
  }

  /** Ticks a row, with Shift all from the last one to it. */
  function pick(row, through) {
    begin();
    const all = rows();
    const on = !box(row).checked;
    const [from, to] = [all.indexOf(through && last?.isConnected ? last : row), all.indexOf(row)].sort((one, other) => one - other);
    for (const one of all.slice(from, to + 1)) box(one).checked = on || through;
    last = row;
    say();
  }

  const acts = {
    add: (button) => musicapp.addToPlaylist(songs().map((song) => song.id), button),
    next: () => finish("addNext"),
    queue: () => finish("add"),
    all: () => { for (const row of rows()) box(row).checked = true; say(); },
    end,
  };

  function finish(verb) {
    Alpine.store("player")[verb](songs());
    end();
  }

  document.addEventListener("click", (event) => {
    const row = event.target.closest?.("#main .row[data-song]:not(.off)");
    if (!row || !document.getElementById("picking")) return;
    if (event.target.closest("[data-picks]")) return pick(row, false);
    if (event.target.closest("a, button, summary, input, label, .menu-body, form, audio")) return;
    if (!bar && !event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.stopPropagation();
    pick(row, event.shiftKey);
  }, true);

  document.addEventListener("change", ({ target }) => {
    const row = target.closest(".pick")?.closest("[data-song]");
    if (!row) return;
    last = row;
    say();
  });
  document.addEventListener("mousedown", (event) => { if (event.shiftKey && event.target.closest("#main .row[data-song]")) event.preventDefault(); });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape" && bar && !document.querySelector("dialog[open]")) end(); });
  document.addEventListener("turbo:frame-load", () => { if (bar) addBoxes(); });
  for (const over of ["turbo:before-render", "musicapp:shown", "playlists:added"]) document.addEventListener(over, end);
})();
