/* The sheet of songs. Its cells are plain inputs; here they follow the keys of a sheet, and each row is saved when it is left. */
const NUMBERS = ["disc_no", "track_no", "year"];
const SAVING_AT_ONCE = 3;

export default function sheet(form) {
  const rows = [...form.querySelectorAll("[data-row]")];
  const told = form.querySelector("[data-told]");
  const ticked = () => rows.filter((row) => tick(row).checked);
  let waiting = [];
  let saving = 0;
  form.querySelector("[data-plain]").hidden = true;

  /* Saving: one row at a time and few rows at once; a row that changes meanwhile is saved again. */

  function save(row) {
    if (!changed(row).length || waiting.includes(row)) return;
    waiting.push(row);
    say(row, "Saving…");
    next();
  }

  function next() {
    const row = saving < SAVING_AT_ONCE && waiting.find((one) => !("saving" in one.dataset));
    if (!row) return;
    waiting = waiting.filter((one) => one !== row);
    saving += 1;
    row.dataset.saving = "";
    send(row).finally(() => {
      saving -= 1;
      delete row.dataset.saving;
      next();
    });
    next();
  }

  async function send(row) {
    const cells = changed(row);
    const sent = Object.fromEntries(cells.map((cell) => [cell.dataset.field, value(cell)]));
    const before = Object.fromEntries(cells.map((cell) => [cell.dataset.field, stood(cell)]));
    try {
      settle(row, sent, await patch(row, sent));
      say(row, "Saved");
      musicapp.toast(`“${title(row)}” is saved.`, { undo: () => undo(row, before) });
    } catch (refusal) {
      if (refusal.status === 409 && (await merged(row, sent))) return send(row);
      refuse(row, refusal);
    }
    return undefined;
  }

  const patch = (row, body) => musicapp.request(row.dataset.url, { method: "PATCH", body: { ...body, version: Number(version(row).value) } });

  async function undo(row, before) {
    try {
      settle(row, before, await patch(row, before), true);
      say(row, "As before");
    } catch (refusal) {
      refuse(row, refusal);
    }
  }

  /** Takes what the site kept: cells that were written in while it answered keep what is in them. */
  function settle(row, sent, song, all = false) {
    version(row).value = song.version;
    for (const cell of cellsOf(row)) {
      const same = value(cell) === sent[cell.dataset.field];
      stand(cell, words(song, cell.dataset.field), all || same || value(cell) === stood(cell));
      wrong(cell, "");
    }
  }

  /** After a conflict: whether what is to be written here was left alone by the other, so that both can stand. */
  async function merged(row, sent) {
    const song = await musicapp.request(row.dataset.url).catch(() => null);
    if (!song) return false;
    const cells = cellsOf(row);
    const free = cells.every((cell) => !(cell.dataset.field in sent) || words(song, cell.dataset.field) === stood(cell));
    version(row).value = song.version;
    for (const cell of cells) stand(cell, words(song, cell.dataset.field), value(cell) === stood(cell));
    return free;
  }

  function refuse(row, refusal) {
    const other = refusal.status === 409;
    for (const cell of cellsOf(row)) {
      const sentence = refusal.errors[cell.dataset.field]?.join(" ") ?? "";
      wrong(cell, sentence && other ? `${sentence} Escape takes that; leave the row again to keep yours.` : sentence);
    }
    const named = cellsOf(row).some((cell) => cell.getAttribute("aria-invalid"));
    say(row, named ? "Not saved" : refusal.message);
    told.textContent = `${title(row)} is not saved. ${refusal.message}`;
  }

  /* Keys, as in any sheet. */

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-field]");
    if (!cell || event.isComposing) return;
    const row = cell.closest("[data-row]");
    const down = rows[rows.indexOf(row) + 1];
    const up = rows[rows.indexOf(row) - 1];
    if (event.key === "Enter") go(event.shiftKey ? up : down, cell.dataset.field, row);
    else if (event.key === "ArrowDown" && !event.altKey) go(down, cell.dataset.field);
    else if (event.key === "ArrowUp") go(up, cell.dataset.field);
    else if (event.key === "ArrowRight" && atEdge(cell, 1)) beside(cell, row, 1);
    else if (event.key === "ArrowLeft" && atEdge(cell, -1)) beside(cell, row, -1);
    else if (event.key === "Escape") bringBack(cell);
    else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) fill(cell.dataset.field, value(cell), row);
    else return;
    event.preventDefault();
  });

  function go(row, field, from) {
    const cell = row && cellsOf(row).find((one) => one.dataset.field === field);
    if (!cell) return from && save(from);
    cell.focus();
    if (cell.type === "text") cell.select();
    return undefined;
  }

  function beside(cell, row, by) {
    const cells = cellsOf(row);
    const other = cells[cells.indexOf(cell) + by];
    if (other) go(row, other.dataset.field);
  }

  function bringBack(cell) {
    stand(cell, stood(cell), true);
    wrong(cell, "");
    const row = cell.closest("[data-row]");
    if (!changed(row).length) say(row, "");
  }

  form.addEventListener("focusout", ({ target, relatedTarget }) => {
    const row = target.closest("[data-row]");
    if (row && !row.contains(relatedTarget)) save(row);
  });

  /* Several rows at once. */

  function fill(field, filled, from) {
    const chosen = ticked();
    const below = chosen.length ? chosen : rows.slice(rows.indexOf(from) + 1, rows.indexOf(from) + 2);
    for (const row of below) {
      const cell = cellsOf(row).find((one) => one.dataset.field === field);
      if (cell.type === "checkbox") cell.checked = Boolean(filled);
      else cell.value = filled ?? "";
      if (row !== from) save(row);
    }
    told.textContent = `Written into ${below.length} ${below.length === 1 ? "row" : "rows"}.`;
  }

  const set = form.querySelector("[data-set]");
  const [field, text] = [set.querySelector("select"), set.querySelector("input")];
  set.querySelector("[data-fill]").addEventListener("click", () => {
    if (!ticked().length) return musicapp.toast("Tick the songs first that this is meant for.");
    const yes = /^(y|yes|x|1|true)$/i.test(text.value.trim());
    return fill(field.value, field.value === "explicit" ? yes : text.value.trim());
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    set.querySelector("[data-fill]").click();
  });

  let last = null;
  form.addEventListener("click", ({ target, shiftKey }) => {
    if (target.matches("[data-all]")) for (const row of rows) tick(row).checked = target.checked;
    if (target.name === "chosen") {
      const [from, to] = [rows.indexOf(last), rows.indexOf(target.closest("[data-row]"))].sort((a, b) => a - b);
      if (shiftKey && from >= 0) for (const row of rows.slice(from, to + 1)) tick(row).checked = target.checked;
      last = target.closest("[data-row]");
    }
    const count = ticked().length;
    form.querySelector("[data-count]").textContent = count ? `${count} ticked` : "";
  });

  addEventListener("beforeunload", (event) => {
    if (form.isConnected && (saving || waiting.length)) event.preventDefault();
  });
}

const cellsOf = (row) => [...row.querySelectorAll("[data-field]")];
const tick = (row) => row.querySelector("[name=chosen]");
const version = (row) => row.querySelector("[name$=-version]");
const title = (row) => row.querySelector("[data-field=title]").defaultValue;
const say = (row, sentence) => { row.querySelector("[data-says]").textContent = sentence; };
const changed = (row) => cellsOf(row).filter((cell) => value(cell) !== stood(cell));
const stood = (cell) => (cell.type === "checkbox" ? cell.defaultChecked : typed(cell, cell.defaultValue));
const value = (cell) => (cell.type === "checkbox" ? cell.checked : typed(cell, cell.value.trim()));

/** What a cell says, as the site takes it: numbers as numbers, nothing as null. */
function typed(cell, text) {
  if (!NUMBERS.includes(cell.dataset.field)) return text;
  return text === "" ? null : /^\d+$/.test(text) ? Number(text) : text;
}

/** What a song says in a field, as the cells hold it. */
function words(song, field) {
  if (field === "album") return song.album?.title ?? "";
  if (field === "genre") return song.genre?.name ?? "";
  return song[field];
}

/** Notes what stands in the table now, and shows it unless something else was written here. */
function stand(cell, kept, shown) {
  if (cell.type === "checkbox") {
    const checked = cell.checked;
    cell.defaultChecked = kept;
    cell.checked = shown ? kept : checked;
    return;
  }
  const written = cell.value;
  cell.defaultValue = kept ?? "";
  cell.value = shown ? kept ?? "" : written;
}

function wrong(cell, sentence) {
  const id = `${cell.id}-error`;
  document.getElementById(id)?.remove();
  cell.toggleAttribute("aria-invalid", Boolean(sentence));
  cell.removeAttribute("aria-describedby");
  if (!sentence) return;
  cell.setAttribute("aria-invalid", "true");
  cell.setAttribute("aria-describedby", id);
  const said = document.createElement("p");
  Object.assign(said, { id, className: "err", textContent: sentence });
  cell.after(said);
}
