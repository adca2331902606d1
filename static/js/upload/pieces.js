/* musicapp.sendInPieces: one file to the site piece by piece (tus 1.0), going on where a connection broke off. */
(() => {
  const PIECE_BYTES = 8 * 1024 * 1024;
  const STALLED_MS = 60_000;
  const REST_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

  /* XMLHttpRequest, because fetch does not tell how much of a body is on its way. */
  const ask = (method, url, { headers = {}, body = null, signal, onSent = () => {} }) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let patience;
    const wait = () => { clearTimeout(patience); patience = setTimeout(() => request.abort(), STALLED_MS); };
    const all = { Accept: "application/json", "X-CSRFToken": musicapp.csrfToken(), "Tus-Resumable": "1.0.0", ...headers };
    const stop = () => request.abort();
    request.open(method, url);
    request.responseType = "json";
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded }) => { wait(); onSent(loaded); });
    request.addEventListener("loadend", () => {
      clearTimeout(patience);
      signal.removeEventListener("abort", stop);
      if (request.status >= 200 && request.status < 300) resolve(request);
      else reject(Object.assign(new musicapp.Refusal(request.response?.message ?? "", request.status), { request }));
    });
    signal.addEventListener("abort", stop);
    wait();
    request.send(body);
  });

  /** Until the rest is over, the device is online again, or the sender gives up. */
  const rest = (ms, signal) => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    for (const [target, name] of [[window, "online"], [signal, "abort"]]) {
      target.addEventListener(name, () => { clearTimeout(timer); resolve(); }, { once: true });
    }
  });

  /** Whether the same may work in a while: nobody answered, the site is busy, or somebody else sends this file now. */
  const passing = ({ status, request }) => status === 0 || status === 408 || status === 429 || status >= 500
    || Boolean(request?.getResponseHeader("Retry-After"));

  const offsetOf = (request) => Number(request.getResponseHeader("Upload-Offset"));

  async function begin(one, { url, signal }) {
    const form = new FormData();
    for (const [name, value] of [...one.wishes, ["filename", one.name], ["fingerprint", one.fingerprint]]) form.append(name, value);
    if (one.cover) form.append("cover", one.cover);
    const request = await ask("POST", url, { headers: { "Upload-Length": one.file.size }, body: form, signal });
    one.address = request.getResponseHeader("Location");
    return 0;
  }

  async function piece(one, at, signal) {
    const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": at };
    const body = one.file.slice(at, at + PIECE_BYTES);
    return offsetOf(await ask("PATCH", one.address, { headers, body, signal, onSent: (loaded) => { one.sent = at + loaded; } }));
  }

  /** Sends `one` = {file, name, fingerprint, wishes, cover, address, sent, waits} to its end; throws the Refusal that ends it. */
  musicapp.sendInPieces = async (one, { url, signal }) => {
    let at = null;
    for (let tries = 0; ;) {
      try {
        if (!one.address) at = await begin(one, { url, signal });
        at ??= offsetOf(await ask("HEAD", one.address, { signal }));
        one.sent = at;
        do {
          at = await piece(one, at, signal);
          one.sent = at;
          one.waits = false;
          tries = 0;
        } while (at < one.file.size);
        return;
      } catch (refusal) {
        if (signal.aborted) return;
        if (refusal.status === 404 && one.address && one.wishes) one.address = "";
        else if (refusal.status === 409 && refusal.request.getResponseHeader("Upload-Offset") && tries < 3) tries += 1;
        else if (!passing(refusal)) throw refusal;
        else {
          one.waits = true;
          await rest(REST_MS[tries] ?? REST_MS.at(-1), signal);
          tries += 1;
        }
        at = null;
        if (signal.aborted) return;
      }
    }
  };

  /** Tells the site that nobody goes on with this; what does not arrive expires by itself. */
  musicapp.cancelPieces = async (address) => {
    const { signal } = new AbortController();
    for (const ms of [0, 1_500]) {
      await rest(ms, signal);
      if (await ask("DELETE", address, { signal }).catch(() => null)) return;
    }
  };

  /** What a file is known again by, on this device: its name, size, time of change and first bytes (FNV-1a). */
  musicapp.fingerprint = async (file) => {
    const first = new Uint8Array(await file.slice(0, 65_536).arrayBuffer());
    let hash = 0x811c9dc5;
    for (const byte of [...new TextEncoder().encode(file.name), ...first]) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
    return `${hash.toString(16)}-${file.size}-${file.lastModified}`;
  };
})();
