/* Keys of the queue: J and K to the next and the previous case, A takes the case, D leads to the decision. They are heard before
   the player's, which has J and K too, and are off where those are. Each presses the link, button or field with data-key. */
export default (desk) => {
  const takesText = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable], dialog";

  function press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(takesText)) return;
    if (!musicapp.recall("shortcuts", true) || !/^[a-z]$/i.test(event.key)) return;
    const place = desk.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!place && !"jk".includes(event.key.toLowerCase())) return;
    event.preventDefault();
    event.stopPropagation();
    if (place?.matches("input")) place.focus();
    else place?.click();
  }

  document.addEventListener("keydown", press, true);
  document.addEventListener("turbo:before-render", () => document.removeEventListener("keydown", press, true), { once: true });
};
