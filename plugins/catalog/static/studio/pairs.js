/* Lines of two words (credits, links): as many more as one wants. */
export default function pairs(fieldset) {
  fieldset.querySelector("[data-adds]").addEventListener("click", () => {
    const lines = [...fieldset.querySelectorAll(".pair")];
    const last = lines.at(-1);
    const line = last.cloneNode(true);
    for (const input of line.querySelectorAll("input")) {
      input.value = "";
      input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+$/, String(lines.length + 1)));
    }
    last.after(line);
    line.querySelector("input").focus();
  });
}
