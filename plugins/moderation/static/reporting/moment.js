/* The moment of a report: where the player stands in the sound behind data-sound is offered by [data-now]. */
export default (box) => {
  const player = Alpine.store("player");
  const button = box.querySelector("[data-now]");
  const input = box.querySelector("input");
  const path = (url) => url && new URL(url, location.href).pathname;
  const here = () => (path(player.song.audio_url) === path(box.dataset.sound) ? Math.floor(player.position) : 0);

  const shown = Alpine.effect(() => {
    const at = here();
    button.hidden = !at;
    button.textContent = `Take ${musicapp.clock(at)}, where you are`;
    if (!box.isConnected) Alpine.release(shown);
  });

  button.addEventListener("click", () => {
    input.value = musicapp.clock(here());
    input.focus();
  });
};
