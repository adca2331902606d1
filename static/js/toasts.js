/* musicapp.toast("Added to the queue", { undo }): one sentence for six seconds, with a way back when there is one. */
document.addEventListener("alpine:init", () => {
  const SHOWN_MS = 6000;
  let timer;

  Alpine.store("toast", { words: "", undoing: null });

  musicapp.toast = (words, { undo = null } = {}) => {
    clearTimeout(timer);
    Object.assign(Alpine.store("toast"), { words, undoing: undo });
    timer = setTimeout(close, SHOWN_MS);
  };

  function close() {
    clearTimeout(timer);
    Object.assign(Alpine.store("toast"), { words: "", undoing: null });
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
