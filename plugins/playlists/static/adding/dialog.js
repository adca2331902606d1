/* Asks into which playlist songs go. The choice is fetched once, kept for a minute, and shown above any page. */
const KEPT_MS = 60_000;
const AT_ONCE = 1000;

let dialog = null;
let fetchedAt = 0;
let wanted = [];

const inWords = (count) => (count === 1 ? "One song" : `${count} songs`);

export default async function ask(url, songIds, opener) {
  if (!songIds.length) throw new musicapp.Refusal("There are no songs to add.");
  if (!dialog || Date.now() - fetchedAt > KEPT_MS) await fetchDialog(url);
  wanted = songIds;
  dialog.querySelector("[data-count]").textContent = inWords(songIds.length);
  dialog.onclose = () => opener?.focus();
  for (const input of dialog.querySelectorAll("input:not([type=hidden])")) input.value = "";
  narrow("");
  document.body.append(dialog);
  dialog.showModal();
}

async function fetchDialog(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new musicapp.Refusal("Your playlists could not be loaded. Try again in a moment.");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  dialog?.remove();
  dialog = document.adoptNode(page.querySelector("dialog"));
  fetchedAt = Date.now();
  dialog.addEventListener("submit", submit);
  dialog.addEventListener("input", ({ target }) => { if (target.type === "search") narrow(target.value); });
}

/** Leaves the playlists whose names hold what was typed. */
function narrow(words) {
  const sought = words.trim().toLowerCase();
  const lines = [...dialog.querySelectorAll("[data-name]")];
  for (const line of lines) line.hidden = !line.dataset.name.toLowerCase().includes(sought);
  dialog.querySelector("[data-none]").hidden = !lines.length || lines.some((line) => !line.hidden);
}

async function submit(event) {
  event.preventDefault();
  event.stopPropagation();
  const { target: form, submitter } = event;
  const name = form.elements.name?.value.trim();
  try {
    await (name === undefined ? addTo(submitter.dataset, wanted) : make(form.dataset.url, name, wanted));
    dialog.close();
    document.dispatchEvent(new CustomEvent("playlists:added"));
  } catch (refusal) {
    dialog.querySelector("[data-refused]").textContent = refusal.message;
  }
}

/** Adds songs behind all others, a thousand at once; answers the ids of their places. */
async function put(url, songs) {
  const places = [];
  for (let from = 0; from < songs.length; from += AT_ONCE) {
    const { entries } = await musicapp.request(`${url}/songs`, { method: "POST", body: { songs: songs.slice(from, from + AT_ONCE) } });
    places.push(...entries);
  }
  return places;
}

async function addTo({ url, page, title }, songs) {
  const entries = await put(url, songs);
  fetchedAt = 0;
  musicapp.toast(`${inWords(songs.length)} added to “${title}”.`, { url: page, undo: () => take(url, entries, page) });
  showAnew(page);
}

async function take(url, entries, page) {
  try {
    await musicapp.request(`${url}/entries/remove`, { method: "POST", body: { entries } });
    musicapp.toast("Taken out again.");
    showAnew(page);
  } catch (refusal) {
    musicapp.toast(refusal.message);
  }
}

async function make(url, name, songs) {
  const { id } = await musicapp.request(url, { method: "POST", body: { name, songs: songs.slice(0, AT_ONCE) } });
  await put(`${url}/${id}`, songs.slice(AT_ONCE));
  fetchedAt = 0;
  const words = `“${name}” is made, with ${inWords(songs.length).toLowerCase()}.`;
  musicapp.toast(words, { url: dialog.dataset.pages + id, undo: () => unmake(`${url}/${id}`) });
}

async function unmake(url) {
  try {
    await musicapp.request(url, { method: "DELETE" });
    musicapp.toast("The playlist is gone again.");
  } catch (refusal) {
    musicapp.toast(refusal.message);
  }
}

/** The page of the playlist, if it is the one that is open, shows what became of it. */
function showAnew(page) {
  if (location.pathname === page) Turbo.visit(location.href, { action: "replace" });
}
