/* The waveform of a song's page: the place in the song while it plays, and a way to any place of it, playing or not.
   The element carries data-id and data-duration; in it are an input[type=range] and [data-from]. */
export default (element) => {
  const player = Alpine.store("player");
  const input = element.querySelector("input");
  const from = element.querySelector("[data-from]");
  const length = Number(element.dataset.duration);
  const plays = () => String(player.song.id) === element.dataset.id;
  let dragged = null;
  if (!input) return;

  function show() {
    const at = dragged ?? (plays() ? player.position : 0);
    input.value = at;
    input.setAttribute("aria-valuetext", `${musicapp.spoken(at)} of ${musicapp.spoken(length)}`);
    from.textContent = musicapp.clock(at);
  }

  function start() {
    const list = element.closest("[data-songs]");
    const songs = JSON.parse(list.querySelector('script[type="application/json"]').textContent);
    player.start(songs, 0, { origin: list.dataset.songs, source: list.dataset.source });
  }

  input.addEventListener("input", () => {
    dragged = Number(input.value);
    show();
  });
  input.addEventListener("change", () => {
    const to = Number(input.value);
    dragged = null;
    if (!plays()) start();
    player.seek(to);
  });

  const shown = Alpine.effect(show);
  document.addEventListener("turbo:before-render", () => Alpine.release(shown), { once: true });
};
