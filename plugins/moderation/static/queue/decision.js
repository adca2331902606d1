/* The form of a decision: what its owner will read, and a button that says what it does, as they are chosen and written.
   Each choice carries data-told, the sentence about it, and data-act, the words of the button. */
export default (form) => {
  const reason = form.elements.reason;
  const button = form.querySelector("[data-decides]");
  const told = form.querySelector("[data-told-all]");

  function show() {
    const chosen = form.querySelector("[name=action]:checked");
    if (!chosen) return;
    button.textContent = chosen.dataset.act;
    told.hidden = false;
    told.querySelector("[data-told-sentence]").textContent = chosen.dataset.told;
    told.querySelector("[data-told-reason]").textContent = reason.value.trim();
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
