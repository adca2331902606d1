/* <turbo-frame refresh="morph" data-module data-every="10">: shows anew what stands in it, every so many seconds while
   somebody looks and has nothing of it open. The frame has no `src`, and an answer whose frame has no `data-every` is
   the last. */
export default (frame) => {
  const isBusy = () => document.hidden || frame.hasAttribute("busy") || frame.querySelector("dialog[open], details[open]");
  const stop = () => clearInterval(ticking);

  const ticking = setInterval(() => {
    if (!frame.isConnected) stop();
    else if (isBusy()) return;
    else if (frame.src) frame.reload();
    else frame.src = location.href;
  }, frame.dataset.every * 1_000);

  frame.addEventListener("turbo:before-frame-render", (event) => {
    if (!event.detail.newFrame.dataset.every) stop();
  });

  // An answer without the frame (the work is done, or somebody logged out) is shown as the page that it is.
  frame.addEventListener("turbo:frame-missing", (event) => {
    event.preventDefault();
    stop();
    event.detail.visit(event.detail.response.url, { action: "replace" });
  });
};
