/* $store.uploads: the files on their way. It outlives the page, so that somebody may look around while they go up. */
document.addEventListener("alpine:init", () => {
  const AT_ONCE = 3;
  const ASK_MS = [700, 1_500, 3_000];
  const LONG_S = 10;
  const STATES = {
    waiting: ["Waiting", "muted"], broken: ["Broken off", "warn"], sending: ["Uploading", "warn"], processing: ["Processing", "warn"],
    ready: ["Ready", "good"], refused: ["Refused", "bad"], unreadable: ["Unreadable", "bad"],
  };
  const BUSY = new Set(["sending", "processing"]);
  let keys = 0;

  /** 48_213 → "47 KB"; 6_400_000 → "6.1 MB". */
  const amount = (bytes) => (bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 ** 2).toFixed(bytes < 10 * 1024 ** 2 ? 1 : 0)} MB`);
  const share = (sent, size) => (size ? Math.floor((sent / size) * 100) : 0);

  /** A line of the list: one file, chosen just now or known from an upload that broke off. */
  const line = (known) => ({
    key: keys += 1, file: null, cover: null, wishes: null, address: "", sent: 0, waits: false, state: "waiting", sentence: "", title: "",
    link: "", hint: "", songId: null, began: 0, beganAt: 0, stop: null, ...known,
    get percent() { return share(this.sent, this.size); },
    get words() {
      if (this.state === "sending") return this.waits ? `Waiting for the connection, ${this.percent} %` : `Uploading, ${this.percent} %`;
      return STATES[this.state][0];
    },
    get tone() { return `pill ${STATES[this.state][1]}`; },
    get due() { return this.state === "waiting" && Boolean(this.wishes || this.address); },
    get busy() { return BUSY.has(this.state); },
    get ended() { return this.state === "ready" || this.state === "refused" || this.state === "unreadable"; },
    get shown() { return this.title || this.name; },
    get href() { return this.link || false; },
    get value() { return this.state === "sending" ? this.percent : false; },
    get repeatable() { return this.state === "refused" && Boolean(this.file) && !this.link; },
    get removeLabel() { return this.ended ? `Take ${this.name} off the list` : `Cancel ${this.name}`; },
    get retryLabel() { return `Try ${this.name} again`; },
    get facts() {
      const left = this.left;
      return left > LONG_S ? `${amount(this.sent)} of ${amount(this.size)}, ${amount(this.speed)}/s, ${musicapp.spoken(left)} left` : amount(this.size);
    },
    get speed() { return (this.sent - this.began) / Math.max(1, (Date.now() - this.beganAt) / 1000); },
    get left() { return this.state === "sending" && this.sent > this.began ? (this.size - this.sent) / this.speed : 0; },
  });

  const uploads = {
    lines: [], url: "",
    get going() { return this.lines.filter((one) => one.state === "sending" || one.due); },
    get active() { return this.going.length > 0; },
    get percent() {
      const sum = (name) => this.lines.reduce((all, one) => all + (one.state === "refused" || one.state === "broken" ? 0 : one[name]), 0);
      return share(sum("sent"), sum("size"));
    },

    /** Puts a file on the list, or goes on with the upload of it that broke off. */
    async add({ file, cover = null }, wishes, most) {
      const fingerprint = await musicapp.fingerprint(file);
      const broken = this.lines.find((one) => one.state === "broken" && one.fingerprint === fingerprint);
      if (broken) return Object.assign(broken, { file, cover, wishes, state: "waiting", sentence: "" });
      this.lines.push(line({ file, cover, fingerprint, wishes, name: file.name, size: file.size }));
      const one = this.lines.at(-1);
      if (most && file.size > most * 1024 ** 2) refuse(one, `This file is larger than ${most} MB. Choose a smaller one.`);
      return one;
    },

    /** Lists what the site has of uploads that broke off, on this device or another. */
    async recall(url) {
      this.url = url;
      for (const { url: address, file_name: name, fingerprint, size_bytes: size, received_bytes: sent } of await musicapp.request(url).catch(() => [])) {
        if (this.lines.some((one) => one.address === address)) continue;
        const sentence = `Choose the file again to go on at ${share(sent, size)} %.`;
        this.lines.push(line({ address, name, fingerprint, size, sent, sentence, state: "broken" }));
      }
    },

    work() {
      const free = AT_ONCE - this.lines.filter((one) => one.state === "sending").length;
      for (const one of this.lines.filter((one) => one.due).slice(0, Math.max(0, free))) {
        send(one, this.url).then(() => this.work());
      }
    },

    retry(one) {
      Object.assign(one, { state: "waiting", sentence: "", link: "", address: "", sent: 0 });
      this.work();
    },

    remove(one) {
      one.stop?.abort();
      if (one.address && one.state !== "ready") musicapp.cancelPieces(one.address);
      this.lines = this.lines.filter((other) => other.key !== one.key);
    },
  };
  Alpine.store("uploads", uploads);
  const store = () => Alpine.store("uploads");

  const refuse = (one, sentence) => Object.assign(one, { state: "refused", sentence: sentence || "The site did not take this file. Try again in a moment." });

  async function send(one, url) {
    const stop = new AbortController();
    Object.assign(one, { state: "sending", stop, began: one.sent, beganAt: Date.now() });
    try {
      await musicapp.sendInPieces(one, { url, signal: stop.signal });
      if (stop.signal.aborted) return;
      one.state = "processing";
      follow();
    } catch (refusal) {
      refuse(one, refusal.status === 401 ? "You were logged out. Log in again, then try again." : refusal.message);
      if (refusal.status === 409 && one.address) look([one]);
    }
  }

  /** Asks what became of files that are whole, all of them in one request. */
  async function look(lines) {
    const ids = lines.map((one) => one.address.split("/").at(-1));
    for (const found of await musicapp.request(`${store().url}?ids=${ids.slice(0, 100)}`).catch(() => [])) {
      const one = lines.find(({ address }) => address === found.url);
      Object.assign(one, {
        state: found.state, sentence: found.problem, hint: found.note ?? "", title: found.song?.title ?? "", link: found.song?.edit_url ?? "",
        songId: found.problem ? null : found.song?.id,
      });
    }
  }

  let asking = false;
  async function follow() {
    if (asking) return;
    asking = true;
    for (let asked = 0; ; asked += 1) {
      await new Promise((resolve) => setTimeout(resolve, ASK_MS[asked] ?? ASK_MS.at(-1)));
      const unknown = store().lines.filter((one) => one.state === "processing");
      if (!unknown.length) break;
      await look(unknown);
    }
    asking = false;
  }

  addEventListener("beforeunload", (event) => { if (store().active) event.preventDefault(); });

  /* The way back to the list, on every page. */
  Alpine.data("uploadSign", () => ({
    get active() { return this.$store.uploads.active; },
    get words() { return this.active ? "Uploading, " : "Upload"; },
    get percent() { return this.active ? `${this.$store.uploads.percent} %` : ""; },
  }));
});
