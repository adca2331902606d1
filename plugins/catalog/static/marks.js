/* Hearts and follow buttons ([data-mark][data-of][data-id], whose value says what a press does) and the stars of a song
   ([data-stars]) change at once and are sent behind; what the site refuses goes back. All hearts of a song are one. */
document.addEventListener("alpine:init", () => {
  const sending = new Map();
  const isMember = () => document.getElementById("marks")?.method === "post";

  /** One thing is sent after the other; answers what the site says, or throws its refusal if nothing came after it. */
  async function send(url, method, body, goBack) {
    const sent = (sending.get(url) ?? Promise.resolve()).then(() => musicapp.request(url, { method, body, keepalive: true }));
    const settled = sent.catch(() => undefined);
    sending.set(url, settled);
    try {
      return await sent;
    } catch (refusal) {
      if (sending.get(url) === settled) goBack();
      musicapp.toast(refusal.message);
    }
  }

  const key = ({ mark, of, id }) => `[data-mark="${mark}"][data-of="${of}"][data-id="${id}"]`;

  function show(which, on) {
    for (const button of document.querySelectorAll(key(which))) {
      button.value = on ? "0" : "1";
      if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(on));
      const words = button.querySelector("[data-words]");
      if (words) words.textContent = on ? "Following" : "Follow";
    }
    if (which.of === "songs") keep(which.id, on);
  }

  /** The player shows it too, now and after a reload. */
  function keep(id, on) {
    Alpine.store("favourites")[id] = on;
    const { queue } = Alpine.store("player");
    const differs = (song) => String(song.id) === id && Boolean(song.favourite) !== on;
    if (queue.songs.some(differs)) queue.songs = queue.songs.map((song) => (differs(song) ? Object.freeze({ ...song, favourite: on }) : song));
  }

  async function press(button) {
    const which = { ...button.dataset };
    const on = button.value === "1";
    show(which, on);
    if (button.closest("#player")) Alpine.store("player").say(on ? "It is a favourite now." : "It is no favourite any more.");
    const url = `/api/${which.of}/${which.id}/${which.mark}`;
    if (await send(url, on ? "PUT" : "DELETE", undefined, () => show(which, !on))) show(which, button.value === "0");
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mark]");
    if (!button || !isMember()) return;
    event.preventDefault();
    press(button);
  });

  /** Shows how many stars are the listener's own, 0 for none. */
  function showStars(form, stars) {
    for (const radio of form.elements.stars) if (radio.type === "radio") radio.checked = Number(radio.value) === stars;
    form.querySelector("button[value='0']").hidden = !stars;
    form.dataset.mine = stars;
  }

  async function rate(form, stars) {
    const before = Number(form.dataset.mine);
    showStars(form, stars);
    const url = `/api/songs/${form.dataset.stars}/rating`;
    const answer = await send(url, stars ? "PUT" : "DELETE", stars ? { stars } : undefined, () => showStars(form, before));
    if (answer) form.querySelector("[data-average]").textContent = inWords(answer.rating);
  }

  const inWords = ({ average, count }) =>
    count ? `${average.toFixed(1)} of 5 stars, ${count.toLocaleString("en")} ${count === 1 ? "rating" : "ratings"}` : "Not rated yet";

  document.addEventListener("change", ({ target }) => {
    const form = target.closest("[data-stars]");
    if (form) rate(form, Number(target.value));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-stars]")) return;
    event.preventDefault();
    event.stopPropagation();
    // Enter on a star presses the form's first button too; the star was sent when it was chosen.
    if (document.activeElement?.type !== "radio") rate(event.target, 0);
  }, true);

  /** A page that has just come knows better than what was kept of its songs. */
  function learn() {
    for (const { dataset, value } of document.querySelectorAll("main [data-mark][data-of=songs]"))
      if (!sending.has(`/api/songs/${dataset.id}/favourite`)) keep(dataset.id, value === "0");
  }

  for (const moment of ["turbo:load", "turbo:frame-load"]) document.addEventListener(moment, learn);
});
