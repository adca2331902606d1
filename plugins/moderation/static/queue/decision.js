/* The form of a decision: what its owner will read, and a button that says what it does, as they are chosen and written.
   Each choice carries data-told, the sentence about it, and data-act, the words of the button. */
export default (form) => {
  const reason = form.elements.reason;
  const button = form.querySelector("[data-decides]");
  const told = form.querySelector("[data-told-sentence]");
  const words = form.querySelector("[data-told-reason]");

  function show() {
    const chosen = form.querySelector("[name=action]:checked");
    if (chosen) button.textContent = chosen.dataset.act;
    if (told) told.textContent = chosen ? chosen.dataset.told : "";
    if (words) words.textContent = reason.value.trim();
  }

  form.querySelector("[name=canned]")?.addEventListener("change", ({ target }) => {
    if (!target.value) return;
    reason.value = [reason.value.trim(), target.selectedOptions[0].dataset.words].filter(Boolean).join("\n\n");
    target.value = "";
    reason.focus();
    show();
  });
  form.addEventListener("input", show);
  show();
};
