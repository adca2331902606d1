/* [data-share] gives an address away by the device's own way; where it has none, the dialog of the button opens.
   [data-copies="id"] copies what stands in a field. */
(() => {
  document.addEventListener("click", (event) => {
    const sharer = event.target.closest("[data-share]");
    if (!sharer || !navigator.share) return;
    event.preventDefault();
    event.stopPropagation();
    navigator.share({ title: sharer.dataset.title, url: sharer.dataset.share }).catch(() => undefined);
  }, true);

  async function copied(field) {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      return document.execCommand("copy"); // without HTTPS there is no clipboard but this
    }
  }

  document.addEventListener("click", async ({ target }) => {
    const copier = target.closest("[data-copies]");
    if (!copier) return;
    const done = await copied(document.getElementById(copier.dataset.copies));
    if (done) copier.closest("dialog")?.close();
    musicapp.toast(done ? "The address is copied." : "Copy the address by hand: it is marked.");
  });
})();
