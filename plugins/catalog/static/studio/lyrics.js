/* Lyrics while they are written: the site says which lines are odd, and timed ones follow the song when it plays. */
const PAUSE_MS = 600;

export default function lyrics(box) {
  const [words, odd, sung] = ["textarea", ".odd", ".sung"].map((place) => box.querySelector(place));
  let timer = 0;
  let asked = 0;

  async function check() {
    const turn = (asked += 1);
    const data = await musicapp.request(box.dataset.url, { method: "POST", body: { lyrics: words.value } }).catch(() => null);
    if (turn !== asked || !data) return;
    odd.replaceChildren(...data.odd.map(({ sentence }) => element("p", "err", sentence)));
    sung.hidden = !data.lines.length;
    sung.replaceChildren(...data.lines.map(line));
  }

  function line({ at_s: at, words: said }) {
    const shown = element("li", "", said || "♪");
    shown.dataset.at = at;
    shown.prepend(element("span", "muted num", musicapp.clock(at)));
    return shown;
  }

  function follow() {
    if (!box.isConnected) return clearInterval(following);
    const { song, position } = Alpine.store("player");
    if (sung.hidden || String(song?.id) !== box.dataset.song) return undefined;
    const passed = [...sung.children].filter((shown) => Number(shown.dataset.at) <= position);
    for (const shown of sung.children) shown.toggleAttribute("aria-current", shown === passed.at(-1));
    const now = passed.at(-1);
    if (now) sung.scrollTop = now.offsetTop - sung.clientHeight / 2;
    return undefined;
  }

  const following = setInterval(follow, 250);
  words.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE_MS);
  });
  if (words.value) check();
}

function element(name, className, words) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = words;
  return made;
}
