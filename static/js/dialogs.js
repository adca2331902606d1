/* <a href="#id" data-opens="id"> opens the dialog of that id; [data-closes] inside closes it. Without scripts :target shows it.
   <a href="/page" data-above="id"> shows the frame of that id of another page above this one; its heading is #id-title. */
(() => {
  document.addEventListener("click", (event) => {
    const above = event.target.closest("[data-above]");
    if (above && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      showAbove(above, above.dataset.above);
      return;
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      event.preventDefault();
      const dialog = document.getElementById(opener.dataset.opens);
      dialog?.addEventListener("close", () => goBackTo(opener), { once: true });
      dialog?.showModal();
      return;
    }
    const dialog = event.target.closest("dialog");
    if (dialog && (event.target === dialog || event.target.closest("[data-closes]"))) {
      event.preventDefault();
      dialog.close();
    }
  });

  /** The reader stands where they were: at what opened the dialog, or at the menu that held it and is closed now. */
  function goBackTo(opener) {
    (opener.closest(".menu")?.querySelector("summary") ?? opener).focus();
  }

  function showAbove(link, id) {
    const dialog = document.createElement("dialog");
    dialog.className = "box";
    dialog.setAttribute("aria-labelledby", `${id}-title`);
    const frame = document.createElement("turbo-frame");
    Object.assign(frame, { id, src: link.href });
    // A page without the frame, as the log-in, is shown as the page that it is.
    frame.addEventListener("turbo:frame-missing", ({ detail }) => detail.visit(detail.response.url));
    frame.addEventListener("turbo:frame-load", () => {
      const place = frame.querySelector("#refused") ?? frame.querySelector(`#${id}-title`);
      place.tabIndex = -1;
      place.focus();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      goBackTo(link);
    });
    dialog.append(frame);
    document.body.append(dialog);
    dialog.showModal();
  }

  document.addEventListener("turbo:visit", () => {
    for (const dialog of document.querySelectorAll("dialog[open]")) if (!dialog.matches(".still")) dialog.close();
  });
})();
