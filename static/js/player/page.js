/* Joins pages with the player: play buttons of rows, covers and whole lists, and the mark on what is playing.
   A list is [data-songs] (its origin) with [data-source] and a <script type="application/json"> of its songs. One that
   stands on the page in part only has [data-whole], a URL that answers all of it. */
document.addEventListener("alpine:init", () => {
  const player = Alpine.store("player");
  const same = (id, other) => id !== null && String(id) === String(other);

  function songsOf(list) {
    return JSON.parse(list.querySelector('script[type="application/json"]').textContent);
  }

  /** The same song may stand in a list twice: the row says from which of its places on. */
  async function playList(list, row) {
    const { whole, songs: origin, source, radio } = list.dataset;
    const { song: id } = row.dataset;
    try {
      const songs = whole ? (await musicapp.request(whole)).songs : songsOf(list);
      const places = songs.flatMap((song, at) => (same(song.id, id) ? [at] : []));
      const nth = [...document.querySelectorAll(`[data-songs="${CSS.escape(origin)}"] [data-song="${id}"]`)].indexOf(row);
      player.start(songs, places[nth] ?? places[0] ?? 0, { origin, source, radio });
    } catch (refusal) {
      musicapp.toast(refusal.message);
    }
  }

  /** A row plays its list from there on; pressed again, it pauses. */
  function pressRow(list, row) {
    if (same(player.song.id, row.dataset.song)) player.toggle();
    else playList(list, row);
  }

  /** A button for a whole list: on this page by its id, or behind a URL that answers {"songs": [...]}, from the song at
      [data-place] on, at [data-at] seconds. A link is one for who has no scripts, and begins anew. */
  async function pressWhole(button) {
    const { playAll, playUrl, origin, source, shuffle, place, at, radio } = button.dataset;
    if (origin === player.origin && player.song.id && shuffle === undefined && !button.href) return player.toggle();
    if (shuffle !== undefined) player.shuffled = true;
    if (playAll) {
      const list = document.getElementById(playAll);
      const songs = songsOf(list);
      return player.start(songs, startAt(songs, shuffle), { origin: list.dataset.songs, source: list.dataset.source, radio: list.dataset.radio });
    }
    try {
      const { songs } = await musicapp.request(playUrl);
      if (songs.length) player.start(songs, startAt(songs, shuffle, place), { origin, source, radio, at: Number(at ?? 0) });
      else musicapp.toast("There is nothing to play here yet.");
    } catch (refusal) {
      musicapp.toast(refusal.message);
    }
  }

  const startAt = (songs, shuffle, place = 0) =>
    (shuffle === undefined ? Math.min(Number(place), songs.length - 1) : Math.floor(Math.random() * songs.length));

  document.addEventListener("click", (event) => {
    const { target } = event;
    const whole = target.closest("[data-play-all], [data-play-url]");
    if (whole?.href && (event.ctrlKey || event.metaKey)) return;
    if (whole?.href) event.preventDefault();
    if (whole) return void pressWhole(whole);
    const list = target.closest("[data-songs]");
    if (!list) return;
    const press = target.closest("[data-play], [data-queue], [data-queue-next]");
    if (press?.dataset.play) return void pressRow(list, press.closest("[data-song]"));
    if (press) {
      const id = press.dataset.queue ?? press.dataset.queueNext;
      const songs = songsOf(list).filter((song) => same(song.id, id));
      return press.dataset.queue ? player.add(songs) : player.addNext(songs);
    }
    const row = target.closest("[data-song]:not(.off)");
    if (row && !target.closest("a, button, summary, .menu, audio, input, form") && !getSelection().toString()) pressRow(list, row);
  });

  /** Shows on the page what plays; runs again after each visit and each search. */
  function mark() {
    const { song, state, origin } = player;
    for (const row of document.querySelectorAll("[data-song]")) {
      const on = same(song.id, row.dataset.song);
      row.toggleAttribute("aria-current", on);
      if (on) row.setAttribute("aria-current", "true");
      markButton(row, on, state);
      for (const button of row.querySelectorAll("[data-play]")) say(button, on && state !== "paused");
      if (!on) row.querySelector(".wave > svg")?.remove();
    }
    for (const button of document.querySelectorAll("[data-origin]:is([data-play-all], [data-play-url]):not([data-shuffle])")) {
      const on = Boolean(song.id) && button.dataset.origin === origin;
      markButton(button, on, state);
      say(button, on && state !== "paused");
    }
  }

  function markButton(element, on, state) {
    if (on) element.dataset.state = state;
    else delete element.dataset.state;
  }

  /** “Play Neap” becomes “Pause Neap” and back. */
  function say(button, sounding) {
    const label = button.getAttribute("aria-label");
    if (label) button.setAttribute("aria-label", label.replace(/^(Play|Pause)\b/, sounding ? "Pause" : "Play"));
    const words = button.querySelector("[data-words]");
    if (words) words.textContent = sounding ? "Pause" : "Play";
  }

  /** Colours what has been heard in the small waveform of the playing row. */
  function colour() {
    const share = player.duration ? player.position / player.duration : 0;
    for (const wave of document.querySelectorAll("[data-song][aria-current] > .wave")) {
      let heard = wave.querySelector("svg");
      if (!heard) {
        heard = document.createElementNS("http://www.w3.org/2000/svg", "svg");
        heard.setAttribute("height", "40");
        const path = wave.querySelector("path").cloneNode();
        path.setAttribute("class", "done");
        heard.append(path);
        wave.append(heard);
      }
      heard.setAttribute("width", String(wave.viewBox.baseVal.width * share));
    }
  }

  Alpine.effect(mark);
  Alpine.effect(colour);
  for (const shown of ["turbo:render", "turbo:frame-load", "musicapp:shown"]) document.addEventListener(shown, () => { mark(); colour(); });
});
