/* <turbo-frame src complete refresh="morph" data-module>: looks again every other second while a sheet is worked on, and
   shows the whole page when an answer comes without this frame. */
const EVERY_MS = 2_000;

export default (frame) => {
  const ticking = setInterval(() => {
    if (!frame.isConnected) clearInterval(ticking);
    else if (!document.hidden && !frame.hasAttribute("busy")) frame.reload();
  }, EVERY_MS);

  frame.addEventListener("turbo:frame-missing", (event) => {
    event.preventDefault();
    clearInterval(ticking);
    event.detail.visit(event.detail.response.url, { action: "replace" });
  });
};
