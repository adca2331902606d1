/* Turbo moves between pages; the player stays. Pages are never shown from a cache, so what is seen is what holds now. */
(() => {
  Turbo.config.drive.progressBarDelay = 300;

  /* Turbo answers a page with an error status by replacing the whole document, player and all, and running every script
     again. Our error pages have the same frame as any page, so they are shown like one. */
  document.addEventListener("turbo:before-fetch-response", ({ target, detail: { fetchResponse } }) => {
    if (!fetchResponse.isHTML || fetchResponse.succeeded) return;
    if (target instanceof HTMLFormElement) {
      Object.defineProperty(fetchResponse, "serverError", { value: false });
    } else if (target === document.documentElement) {
      Object.defineProperties(fetchResponse, { succeeded: { value: true }, statusCode: { value: 200 } });
    }
  });

  /* A click may reach a page that this document may not show (log-out in another tab, new assets): it opens anew. */
  document.addEventListener("turbo:frame-missing", (event) => event.preventDefault());

  /* Going back twice in a hurry breaks off the first visit, and Turbo leaves that one's answer to nobody. */
  addEventListener("unhandledrejection", (event) => { if (event.reason?.name === "AbortError") event.preventDefault(); });

  let refused = false;
  document.addEventListener("turbo:submit-end", ({ detail: { success } }) => { refused = !success; });

  /** After a visit the reader stands at the new page, or at the field it asks for; after a refused form, at what is wrong. */
  function placeFocus() {
    const main = document.getElementById("main");
    const wanted = document.getElementById(main?.querySelector("[data-focuses]")?.dataset.focuses);
    const wrong = document.getElementById("refused") ?? (refused ? main?.querySelector("[aria-invalid=true]") : wanted);
    refused = false;
    if (!main || location.hash || (!wrong && main.contains(document.activeElement))) return;
    const place = wrong ?? main;
    if (!place.matches("input, select, textarea")) place.tabIndex = -1;
    place.focus({ preventScroll: place === main });
  }

  document.addEventListener("turbo:render", placeFocus);
  document.addEventListener("DOMContentLoaded", () => { if (document.getElementById("refused")) placeFocus(); });
})();
