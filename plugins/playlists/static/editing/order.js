/* The songs of a playlist while it is edited: moved by their grips with the pointer (a finger too) or the arrow keys, by
   the buttons up and down, and taken out. Each step is saved at once; the last moves can be taken back. */
const EDGE_PX = 96;
const STEP_PX = 16;

export default async function order(box) {
  const { Moves } = await import(box.dataset.moves);
  const says = box.querySelector("[data-says]");
  const back = box.querySelector("[data-undo]");
  const rows = () => [...box.querySelectorAll("[data-entry]")];
  const grip = (row) => row.querySelector(".grip");
  const title = (row) => row.dataset.title;
  const place = (row) => rows().indexOf(row) + 1;
  const moves = new Moves(box, { showAnew, undoable: (any) => { back.disabled = !any; } });
  let lifted = null;
  let target = null;

  const tell = (row) => { says.textContent = `${title(row)} is now number ${place(row)}.`; };

  /** Puts a row before another, or last; keeps the focus where it was. */
  function put(row, next) {
    const held = document.activeElement;
    if (next) next.before(row);
    else rows().at(-1).after(row);
    if (row.contains(held)) held.focus();
    row.scrollIntoView({ block: "nearest" });
    tell(row);
  }

  function move(row, next) {
    if (next === row || next === after(row)) return;
    moves.remember(row, after(row));
    put(row, next);
    moves.save(row, next);
  }

  /** The row that follows, in this stretch of the list or the next; null at the end. */
  const after = (row) => rows()[rows().indexOf(row) + 1] ?? null;

  /** Where more of the list is still to come, the last row that is here cannot be passed. */
  const isOpenEnded = () => box.querySelector("turbo-frame:not([complete])") !== null;

  function step(row, by) {
    const all = rows();
    const at = all.indexOf(row);
    const to = Math.min(Math.max(0, at + by), all.length - 1 - (isOpenEnded() ? 1 : 0));
    if (to < at) move(row, all[to]);
    else if (to > at) move(row, all[to + 1] ?? null);
    else tell(row);
  }

  async function take(row) {
    const next = after(row) ?? rows().at(-2);
    const place = document.createComment("");
    row.replaceWith(place);
    (next ? grip(next) : back).focus();
    const undo = async () => {
      if (!(await moves.bringBack(row))) return;
      if (place.isConnected) place.replaceWith(row);
      else showAnew(`“${title(row)}” is back.`);
    };
    if (await moves.take(row)) musicapp.toast(`“${title(row)}” is out of the playlist.`, { undo });
    else place.replaceWith(row);
  }

  /** Says why and shows the list as it is on the site; the focus stays with the row that had it. */
  async function showAnew(words) {
    musicapp.toast(words);
    const id = document.activeElement.closest("[data-entry]")?.id;
    const answer = await fetch(box.dataset.songs).catch(() => ({ ok: false }));
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    box.querySelector("[data-stretch]").replaceChildren(...page.querySelector("turbo-frame").childNodes);
    moves.forget(page.querySelector("turbo-frame").dataset.revision);
    if (id) document.getElementById(id)?.querySelector(".grip").focus();
    document.dispatchEvent(new CustomEvent("musicapp:shown"));
  }

  box.addEventListener("keydown", (event) => {
    const row = event.target.closest(".grip")?.closest("[data-entry]");
    if (!row) return;
    const by = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity }[event.key];
    if (by) step(row, by);
    else if (event.key === "Delete") take(row);
    else return;
    event.preventDefault();
  });

  box.addEventListener("submit", (event) => {
    const row = event.target.closest("[data-entry]");
    if (!row) return;
    event.preventDefault();
    event.stopPropagation();
    const { value } = event.submitter;
    if (value === "remove") take(row);
    else step(row, value === "up" ? -1 : 1);
  });

  back.addEventListener("click", () => {
    const { row, next } = moves.undo();
    if (row.isConnected) put(row, next?.isConnected ? next : null);
  });

  box.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".grip");
    if (!handle || event.button) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    lifted = handle.closest("[data-entry]");
    lifted.dataset.lifted = "";
  });

  box.addEventListener("pointermove", ({ clientY }) => {
    if (!lifted) return;
    const all = rows();
    const over = all.find((row) => clientY < row.getBoundingClientRect().bottom) ?? all.at(-1);
    const { top, height } = over.getBoundingClientRect();
    mark(over, clientY < top + height / 2 || (isOpenEnded() && over === all.at(-1)) ? "above" : "below");
    if (clientY < EDGE_PX) scrollBy(0, -STEP_PX);
    else if (clientY > innerHeight - EDGE_PX) scrollBy(0, STEP_PX);
  });

  function mark(row, side) {
    if (target) delete target.row.dataset.drop;
    target = row ? { row, side } : null;
    if (target) row.dataset.drop = side;
  }

  function letGo(keep) {
    if (!lifted) return;
    const [row, aim] = [lifted, target];
    delete row.dataset.lifted;
    lifted = null;
    mark(null);
    if (keep && aim && aim.row !== row) move(row, aim.side === "above" ? aim.row : after(aim.row));
  }

  box.addEventListener("pointerup", () => letGo(true));
  box.addEventListener("pointercancel", () => letGo(false));
}
