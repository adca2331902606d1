/* <a href="#id" data-opens="id"> opens the dialog of that id; [data-closes] inside closes it. Without scripts :target shows it. */
(() => {
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      document.getElementById(opener.dataset.opens)?.showModal();
      return;
    }
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) {
      event.preventDefault();
      dialog.close();
    }
  });

  document.addEventListener("turbo:visit", () => {
    for (const dialog of document.querySelectorAll("dialog[open]")) if (!dialog.matches(".still")) dialog.close();
  });
})();
