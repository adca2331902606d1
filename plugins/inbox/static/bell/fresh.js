/* The number at the bell stays fresh while the page is seen: asked for once a minute, and when the reader comes back. */
const EVERY_MS = 60_000;
let bell = null;
let asked = 0;

/** Every page brings its bell anew, with the number as it was when the page was made. */
export default function begin(element) {
  bell = element;
  asked = Date.now();
}

function show(unread) {
  const badge = bell.querySelector(".badge");
  badge.hidden = !unread;
  badge.textContent = unread > 99 ? "99+" : unread;
  bell.querySelector("[data-said]").textContent = unread ? `, ${unread > 99 ? "more than 99" : unread} new` : "";
}

async function ask() {
  if (!bell?.isConnected || document.hidden || Date.now() - asked < EVERY_MS) return;
  asked = Date.now();
  const found = await musicapp.request(bell.dataset.ask).catch(() => null);
  if (found) show(found.unread);
}

setInterval(ask, 10_000);
document.addEventListener("visibilitychange", ask);
