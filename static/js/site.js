/* What every other script shares: asking the site for JSON, keeping small things on this device, saying times. */
(() => {
  class Refusal extends Error {
    /** The site said no: `message` is a sentence for the reader, `errors` maps fields to sentences, `status` is 0 when it was
        not reached, `data` is what it says beside the refusal. */
    constructor(message, status = 0, errors = {}, data = null) {
      super(message);
      Object.assign(this, { status, errors, data });
    }
  }

  /** The token of the page shown now; visits renew it, so nobody keeps it. */
  const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

  /** Answers with the `data` of a JSON endpoint, or throws a Refusal. */
  async function request(url, { method = "GET", body, keepalive = false } = {}) {
    const headers = { Accept: "application/json" };
    if (method !== "GET") headers["X-CSRFToken"] = csrfToken();
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response;
    try {
      response = await fetch(url, { method, headers, keepalive, body: body === undefined ? undefined : JSON.stringify(body) });
    } catch {
      throw new Refusal("The site could not be reached. Check your connection and try again.");
    }
    const answer = await response.json().catch(() => ({}));
    const { message = "The site could not do this. Try again in a moment.", errors, data } = answer;
    if (!response.ok) throw new Refusal(message, response.status, errors, data);
    return data;
  }

  /** What this device remembers under `name`, or `otherwise`. */
  function recall(name, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`musicapp.${name}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  /** Keeps `value` on this device; says nothing when storage is full or blocked, since all of it can be done without. */
  function remember(name, value) {
    try {
      localStorage.setItem(`musicapp.${name}`, JSON.stringify(value));
    } catch {
      return false;
    }
    return true;
  }

  /** 231 → "3:51"; 3723 → "1:02:03". */
  function clock(seconds) {
    const whole = Math.max(0, Math.floor(seconds || 0));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  }

  /** 231 → "3 minutes 51", as a screen reader should say it. */
  function spoken(seconds) {
    const whole = Math.max(0, Math.floor(seconds || 0));
    const minutes = Math.floor(whole / 60);
    if (!minutes) return whole === 1 ? "1 second" : `${whole} seconds`;
    const said = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    return whole % 60 ? `${said} ${whole % 60}` : said;
  }

  /** The address of the same picture in another size: 96, 300 or 600 px wide. */
  const sized = (url, side) => url.replace(/\/\d+\.webp(?=$|\?)/, `/${side}.webp`);

  window.musicapp = { Refusal, csrfToken, request, recall, remember, clock, spoken, sized };
})();
