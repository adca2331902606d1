/* x-data="siteSearch" on the form of the top bar: what is found takes the place of the page while somebody types. The first
   letter makes one step in the history, so that Back leads to where the search began; further letters rename that step. */
document.addEventListener("alpine:init", () => {
  const PAUSE_MS = 120;
  const KEPT = 6;
  const links = () => [...document.querySelectorAll("#main [data-found]")].filter((link) => link.offsetParent);
  const field = () => document.getElementById("q");
  let beganElsewhere = false;
  document.addEventListener("turbo:load", () => { beganElsewhere = false; });

  /** Remembers on this device what was searched, the latest first. */
  function keep(words) {
    if (words) musicapp.remember("searches", [words, ...musicapp.recall("searches", []).filter((one) => one !== words)].slice(0, KEPT));
  }

  /** Puts what was found where the page was, which may have been an album in its colours; answers how much it is. */
  function show(html, url) {
    const main = document.getElementById("main");
    main.innerHTML = html;
    for (const place of document.querySelectorAll(".main, .top")) place.removeAttribute("data-tint");
    for (const entry of document.querySelectorAll(".side a")) {
      entry.removeAttribute("aria-current");
      if (entry.pathname === url.pathname) entry.setAttribute("aria-current", "page");
    }
    const { title, said } = main.querySelector(".found").dataset;
    document.title = title;
    scrollTo(0, 0);
    document.dispatchEvent(new CustomEvent("musicapp:shown"));
    return said;
  }

  /** Makes the step in the history that Turbo can lead back from, or renames it. */
  function step(url) {
    const { history } = Turbo.navigator;
    if (location.pathname === url.pathname) return history.replace(url);
    history.push(url);
    beganElsewhere = true;
  }

  Alpine.data("siteSearch", () => ({
    said: "",
    recent: [],
    shown: false,
    timer: 0,
    asking: null,

    get words() { return this.$refs.field.value.trim(); },

    destroy() { this.stop(); },

    stop() {
      clearTimeout(this.timer);
      this.asking?.abort();
    },

    type(event) {
      this.shown = false;
      clearTimeout(this.timer);
      if (!event.isComposing) this.timer = setTimeout(() => this.ask(), PAUSE_MS);
    },

    /** Asks for what is in the field; an answer that another question has overtaken is dropped. */
    async ask() {
      const query = this.words ? `?${new URLSearchParams({ q: this.words })}` : "";
      this.asking?.abort();
      this.asking = new AbortController();
      const { signal } = this.asking;
      try {
        const answer = await fetch(this.$root.dataset.results + query, { signal });
        const html = await answer.text();
        if (signal.aborted) return;
        if (!answer.ok) throw new Error(answer.status);
        const url = new URL(this.$root.action + query);
        step(url);
        this.said = show(html, url);
      } catch (problem) {
        if (problem.name !== "AbortError") musicapp.toast("The search could not be answered. Press Enter to try again.");
      }
    },

    /** Enter: to the first result when the results of these words stand there already, else to the page of them. */
    settle(event) {
      keep(this.words);
      this.stop();
      const there = new URLSearchParams(location.search).get("q") === this.words;
      if (!there || !links().length) return;
      event.preventDefault();
      links()[0].focus();
    },

    press(event) {
      if (event.key === "ArrowDown" && event.target === this.$refs.field && links().length && !this.shown) {
        event.preventDefault();
        links()[0].focus();
      } else if (event.key === "Escape") {
        event.preventDefault();
        this.goBack();
      }
    },

    /** Escape: away with the list of past words, else back to where the search began, else an empty field. */
    goBack() {
      if (this.shown) this.shown = false;
      else if (beganElsewhere) history.back();
      else if (this.words) this.again("");
      else this.$refs.field.blur();
    },

    lookBack() {
      this.recent = musicapp.recall("searches", []);
      this.shown = !this.words && this.recent.length > 0;
    },
    leave({ relatedTarget }) { if (!this.$root.contains(relatedTarget)) this.shown = false; },
    again(words) {
      this.$refs.field.value = words;
      this.$refs.field.focus();
      this.shown = false;
      this.ask();
    },
    forget() {
      musicapp.remember("searches", []);
      this.$refs.field.focus();
      this.shown = false;
    },
  }));

  function queueNext(link) {
    const list = link.closest("[data-songs]");
    const songs = JSON.parse(list.querySelector('script[type="application/json"]').textContent);
    Alpine.store("player").addNext(songs.filter((song) => String(song.id) === link.closest("[data-song]").dataset.song));
  }

  /* Among the results the arrows lead from one to the next; letters go on in the field. */
  document.addEventListener("keydown", (event) => {
    const all = links();
    const at = all.indexOf(document.activeElement);
    if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown") all[Math.min(at + 1, all.length - 1)].focus();
    else if (event.key === "ArrowUp") (all[at - 1] ?? field()).focus();
    else if (event.key === "Escape") field().focus();
    else if (event.key === "Enter" && event.shiftKey && all[at].closest("[data-song]")) queueNext(all[at]);
    else return;
    event.preventDefault();
  });

  document.addEventListener("click", ({ target }) => { if (target.closest("#main [data-found]")) keep(field().value.trim()); });
});
