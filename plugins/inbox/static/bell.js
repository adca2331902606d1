/* The number at the bell stays fresh while the page is seen: asked for once a minute, and when the reader comes back. */
(() => {
  const EVERY_MS = 60_000;
  let asked = Date.now();

  function show(bell, unread) {
    const badge = bell.querySelector(".badge");
    badge.hidden = !unread;
    badge.textContent = unread > 99 ? "99+" : unread;
    bell.querySelector("[data-said]").textContent = unread ? `, ${unread > 99 ? "more than 99" : unread} new` : "";
  }

  async function ask() {
    const bell = document.querySelector("[data-unread]");
    if (!bell || document.hidden || Date.now() - asked < EVERY_MS) return;
    asked = Date.now();
    const found = await musicapp.request(bell.dataset.ask).catch(() => null);
    if (found) show(bell, found.unread);
  }

  setInterval(ask, 10_000);
  document.addEventListener("visibilitychange", ask);
  document.addEventListener("turbo:load", () => { asked = Date.now(); });
})();
