/* Why no sound comes, and waiting until it can: the site is asked for one byte of the song. */
(() => {
  const RESTS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
  const LATER = [408, 429];

  /** {away: true} while the site is not reached, {refused, message} when it will not give the song, {} when it would. */
  async function ask(url) {
    try {
      const headers = { Range: "bytes=0-0", Accept: "application/json" };
      const response = await fetch(url, { headers, redirect: "manual", cache: "no-store" });
      if (response.ok || response.type === "opaqueredirect") return {};
      if (response.status >= 500 || LATER.includes(response.status)) return { away: true };
      const { message } = await response.json().catch(() => ({}));
      return { refused: response.status, message };
    } catch {
      return { away: true };
    }
  }

  /** Until the browser says that it is online again, or so many ms are over. */
  const rest = (ms) => new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener("online", done);
  });

  /** Asks until there is an answer; `wanted()` says whether anybody still waits for it, `away()` hears of each failure. */
  musicapp.reach = async (url, { wanted, away }) => {
    for (let tries = 0; wanted(); tries += 1) {
      const answer = await ask(url);
      if (!answer.away) return { ...answer, waited: tries > 0 };
      if (!wanted()) break;
      away();
      await rest(RESTS_MS[Math.min(tries, RESTS_MS.length - 1)]);
    }
    return null;
  };
})();
