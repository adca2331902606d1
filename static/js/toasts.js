/* musicapp.toast("Added to the queue", { undo, url }): one sentence for six seconds, with a way back when there is one, and
   a link when it speaks of another page. */
document.addEventListener("alpine:init", () => {
  const SHOWN_MS = 6000;
  let timer;

  Alpine.store("toast", { words: "", undoing: null, url: "" });

  musicapp.toast = (words, { undo = null, url = "" } = {}) => {
    clearTimeout(timer);
    Object.assign(Alpine.store("toast"), { words, undoing: undo, url });
    timer = setTimeout(close, SHOWN_MS);
  };

  function close() {
    clearTimeout(timer);
    Object.assign(Alpine.store("toast"), { words: "", undoing: null, url: "" });
  }

  Alpine.data("toasts", () => ({
    close,
    undo() {
      this.$store.toast.undoing();
      close();
    },
    hold() { clearTimeout(timer); },
    release() { timer = setTimeout(close, SHOWN_MS); },
  }));
});
