/* <turbo-frame refresh="morph" data-module data-every="10">: shows anew what stands in it, every so many seconds while
   somebody looks and has nothing of it open. */
export default (frame) => {
  const isBusy = () => document.hidden || frame.hasAttribute("busy") || frame.querySelector("dialog[open], details[open]");

  const ticking = setInterval(() => {
    if (!frame.isConnected) clearInterval(ticking);
    else if (isBusy()) return;
    else if (frame.src) frame.reload();
    else frame.src = location.href;
  }, frame.dataset.every * 1_000);

  // An answer without the frame (somebody logged out) leaves what stands there.
  frame.addEventListener("turbo:frame-missing", (event) => {
    event.preventDefault();
    clearInterval(ticking);
  });
};
