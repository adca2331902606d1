/* Shows the form of a report above the page. The form and what is said after it are a frame of the page behind the link. */
export default (link) => {
  const dialog = document.createElement("dialog");
  const frame = document.createElement("turbo-frame");
  dialog.className = "box";
  dialog.setAttribute("aria-labelledby", "report-title");
  frame.id = "report";
  frame.src = link.href;
  dialog.append(frame);
  document.body.append(dialog);
  dialog.showModal();

  // A page without the form, as the log-in, is shown as the page that it is.
  frame.addEventListener("turbo:frame-missing", (event) => event.detail.visit(event.detail.response.url));
  frame.addEventListener("turbo:frame-load", () => (frame.querySelector("#refused") ?? frame.querySelector("#report-title"))?.focus());
  dialog.addEventListener("close", () => {
    dialog.remove();
    (link.closest(".menu")?.querySelector("summary") ?? link).focus();
  });
};
