/* Small help in forms: [data-shows="id"] shows and hides a password, [data-submits] sends its form when it changes. */
(() => {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-shows]");
    if (!button) return;
    const input = document.getElementById(button.dataset.shows);
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
    input.focus();
  });

  document.addEventListener("change", ({ target }) => {
    if (target.matches("[data-submits]")) target.form.requestSubmit();
  });

  /* A picture chosen for a cover is shown before it is sent. */
  document.addEventListener("change", ({ target }) => {
    const picture = target.matches("input[type=file][data-previews]") && document.getElementById(target.dataset.previews);
    const [file] = target.files ?? [];
    if (!picture || !file?.type.startsWith("image/")) return;
    createImageBitmap(file).then((bitmap) => {
      const side = Math.min(bitmap.width, bitmap.height);
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 300;
      canvas.className = "cover";
      canvas.id = picture.id;
      canvas.getContext("2d").drawImage(bitmap, (bitmap.width - side) / 2, (bitmap.height - side) / 2, side, side, 0, 0, 300, 300);
      picture.replaceWith(canvas);
    }, () => undefined);
  });
})();
