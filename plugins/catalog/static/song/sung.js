/* Timed lyrics on a song's page: marks the line that is sung while that song plays; a click on a line goes there.
   The list carries data-id, its lines data-at, their second. */
export default (list) => {
  const player = Alpine.store("player");
  const lines = [...list.querySelectorAll("[data-at]")];
  const plays = () => String(player.song.id) === list.dataset.id;

  const shown = Alpine.effect(() => {
    const { position } = player;
    const sung = plays() ? lines.findLast((line) => Number(line.dataset.at) <= position) : undefined;
    for (const line of lines) {
      if (line === sung) line.setAttribute("aria-current", "true");
      else line.removeAttribute("aria-current");
    }
  });
  document.addEventListener("turbo:before-render", () => Alpine.release(shown), { once: true });

  list.addEventListener("click", ({ target }) => {
    const line = target.closest("[data-at]");
    if (line && plays() && !getSelection().toString()) player.seek(Number(line.dataset.at));
  });
};
