/* musicapp.send: one file to the site with its progress. x-data="uploads" on a form: each chosen file goes on its own to the
   form's action, so that good files stand when one fails. data-file-field names the field, data-max-mb the largest file. */
document.addEventListener("alpine:init", () => {
  const AT_ONCE = 2;
  const ASK_AFTER_MS = [500, 1_000, 2_000, 4_000];

  /** Posts a form and answers {status, message, data, errors}; `onProgress` gets 0–100. Throws when the site is not reached. */
  musicapp.send = (url, form, onProgress) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", musicapp.csrfToken());
    request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
      if (lengthComputable) onProgress(Math.floor((loaded / total) * 100));
    });
    request.addEventListener("load", () => resolve({ status: request.status, ...request.response }));
    request.addEventListener("error", () => reject(new musicapp.Refusal("The connection broke off. Nothing was kept; send the file again.")));
    request.send(form);
  });

  const STATES = {
    chosen: ["Waiting", "muted"], sending: ["Uploading", "warn"], processing: ["Processing", "warn"], ready: ["Ready", "good"],
    unreadable: ["Unreadable", "bad"], refused: ["Refused", "bad"],
  };

  /** A line of the list: one file on its way. */
  const line = (file) => ({
    key: `${file.name}-${Math.random()}`, name: file.name, file, state: "chosen", progress: 0, sentence: "", url: "", title: "",
    get words() { return this.state === "sending" ? `Uploading, ${this.progress} %` : STATES[this.state][0]; },
    get tone() { return `pill ${STATES[this.state][1]}`; },
    get busy() { return this.state === "sending" || this.state === "processing"; },
    get failed() { return this.state === "refused" || this.state === "unreadable"; },
    get shown() { return this.title || this.name; },
    get link() { return this.url || false; },
    get value() { return this.state === "sending" ? this.progress : false; },
    get removeLabel() { return `Take ${this.name} off the list`; },
  });

  /* The lines outlive the page, so that somebody may look around while files are on their way. */
  Alpine.store("uploads", { lines: [] });
  const lines = () => Alpine.store("uploads").lines;
  addEventListener("beforeunload", (event) => { if (lines().some((one) => one.state === "sending")) event.preventDefault(); });

  async function send(one, action, fields, field) {
    const form = new FormData();
    for (const [name, value] of fields) form.append(name, value);
    form.append(field, one.file, one.name);
    one.state = "sending";
    try {
      const { status, message, data, errors } = await musicapp.send(action, form, (share) => { one.progress = share; });
      if (status >= 400 || !data) return refuse(one, Object.values(errors ?? {}).flat()[0] ?? message);
      follow(one, data);
    } catch (refusal) {
      refuse(one, refusal.message);
    }
  }

  function refuse(one, sentence) {
    Object.assign(one, { state: "refused", sentence: sentence ?? "The site did not take this file. Try again in a moment." });
  }

  /** Asks for the state of what was sent until it can be heard or cannot be read. */
  async function follow(one, data, asked = 0) {
    Object.assign(one, { state: data.state, title: data.title ?? one.title, url: data.url ?? one.url, sentence: data.problem ?? "" });
    if (one.state !== "processing" || !data.state_url) return;
    await new Promise((resolve) => setTimeout(resolve, ASK_AFTER_MS[asked] ?? ASK_AFTER_MS.at(-1)));
    const answer = await musicapp.request(data.state_url).catch((refusal) => (refusal.status === 404 ? { state: "refused", problem: refusal.message } : {}));
    follow(one, { ...data, ...answer }, asked + 1);
  }

  Alpine.data("uploads", () => ({
    get lines() { return this.$store.uploads.lines; },
    get any() { return this.lines.length > 0; },
    get summary() {
      const ready = this.lines.filter((one) => one.state === "ready").length;
      return `${ready} of ${this.lines.length} ready`;
    },

    choose(event) {
      this.take(event.target.files);
      event.target.value = "";
    },
    over(event) { event.currentTarget.dataset.over = ""; },
    out(event) { delete event.currentTarget.dataset.over; },
    drop(event) {
      this.out(event);
      this.take(event.dataTransfer.files);
    },

    take(files) {
      const most = Number(this.$root.dataset.maxMb);
      for (const file of files) {
        this.lines.push(line(file));
        const one = this.lines.at(-1);
        if (most && file.size > most * 1024 * 1024) refuse(one, `This file is larger than ${most} MB. Choose a smaller one.`);
      }
      this.work();
    },

    work() {
      const { action, dataset } = this.$root;
      const fields = [...new FormData(this.$root)].filter(([name]) => name !== dataset.fileField);
      const waiting = this.lines.filter((one) => one.state === "chosen");
      const busy = this.lines.filter((one) => one.state === "sending").length;
      for (const one of waiting.slice(0, AT_ONCE - busy)) send(one, action, fields, dataset.fileField).then(() => this.work());
    },

    remove(one) {
      this.$store.uploads.lines = this.lines.filter((other) => other.key !== one.key);
    },
  }));
});
