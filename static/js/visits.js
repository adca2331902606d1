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

  /* A page that cannot be fetched must not cost the music: Turbo would load it as a new document, player and all. */
  const NO_ANSWER = 0;
  const { adapter } = Turbo.session;
  const { visitRequestFailedWithStatusCode } = adapter;
  adapter.visitRequestFailedWithStatusCode = (visit, status) => {
    if (status === NO_ANSWER) visit.fail();
    else visitRequestFailedWithStatusCode.call(adapter, visit, status);
  };

  /* What Turbo fetches when a link is only pointed at fails silently, and the click that follows asks again. */
  const unanswered = new WeakSet();
  document.addEventListener("turbo:fetch-request-error", ({ detail: { request, error } }) => {
    unanswered.add(request).add(error);
    if (!request.headers["X-Sec-Purpose"]) musicapp.toast("The site does not answer. Try again in a moment.");
  });
  document.addEventListener("turbo:before-fetch-request", ({ detail }) => {
    if (unanswered.has(detail.fetchRequest)) detail.fetchRequest = null;
  });

  /* Turbo leaves two kinds of failure to nobody: these, and a visit broken off by going back twice in a hurry. */
  addEventListener("unhandledrejection", (event) => {
    if (event.reason?.name === "AbortError" || unanswered.has(event.reason)) event.preventDefault();
  });

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
