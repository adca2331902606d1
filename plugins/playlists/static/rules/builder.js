/* The form of rules, lively: buttons and choices change it in place, what is typed shows at once which songs it chooses. */
const PAUSE_MS = 350;
const SUGGESTIONS = 8;

export default function builder(page) {
  const form = page.querySelector("form");
  let last = 0;
  let waiting;

  /** Sends the form as it stands; `whole` puts the lines anew too, which typing must not do to the field at hand. */
  async function look(act, whole) {
    clearTimeout(waiting);
    const mine = ++last;
    const body = new FormData(form);
    body.set("act", act);
    let answer;
    try {
      answer = await fetch(page.dataset.look, { method: "POST", body, headers: { Accept: "text/html" } });
    } catch {
      return say("The site cannot be reached. What you typed is still here.");
    }
    if (mine !== last || !page.isConnected) return undefined;
    if (!answer.ok) return say("This could not be shown. Load the page again.");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== last) return undefined;
    if (whole) putLines(fresh.querySelector("[data-lines]"));
    else putErrors(fresh);
    page.querySelector("[data-outcome]").replaceChildren(...fresh.querySelector("[data-outcome]").childNodes);
    document.dispatchEvent(new CustomEvent("musicapp:shown"));
    const sum = page.querySelector("#outcome").textContent;
    page.querySelector(".savebar > p").textContent = sum;
    return say(sum);
  }

  function say(words) {
    page.querySelector("[data-says]").textContent = words;
  }

  function putLines(fresh) {
    const focused = fresh.dataset.focus || document.activeElement.id;
    form.querySelector("[data-lines]").replaceChildren(...fresh.childNodes);
    const control = document.getElementById(focused);
    if (control?.disabled) control.closest(".acts").querySelector("button:not(:disabled)").focus();
    else control?.focus();
  }

  /** The sentences below the lines; the controls stay, as somebody is typing in one. */
  function putErrors(fresh) {
    const lines = [...fresh.querySelectorAll("[data-line]")];
    for (const [at, line] of form.querySelectorAll("[data-line]").entries()) {
      line.querySelector(":scope > .err")?.remove();
      const wrong = lines[at]?.querySelector(":scope > .err");
      for (const control of line.querySelectorAll(".rule-value :is(input, select)")) {
        control.toggleAttribute("aria-invalid", Boolean(wrong));
        if (wrong) control.setAttribute("aria-invalid", "true");
        if (wrong) control.setAttribute("aria-describedby", wrong.id);
        else control.removeAttribute("aria-describedby");
      }
      if (wrong) line.append(wrong);
    }
  }

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-changes]");
    if (!button) return;
    event.preventDefault();
    look(button.value, true);
  });

  form.addEventListener("change", ({ target }) => {
    if (target.matches("[data-shapes]")) look("", true);
    else if (target.matches("[data-says-more]")) look("", false);
  });

  form.addEventListener("input", ({ target }) => {
    if (target.matches("select") || !target.matches("[data-says-more]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => look("", false), PAUSE_MS);
    if (target.dataset.suggests) suggest(target);
  });

  /* Alt and the arrows move a rule, as its buttons do. */
  form.addEventListener("keydown", (event) => {
    const way = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const button = way && event.altKey && event.target.closest("[data-line]")?.querySelector(`[value^="${way}:"]`);
    if (!button || event.target.matches("select")) return;
    event.preventDefault();
    button.click();
  });

  async function suggest(field) {
    const text = field.value.trim();
    if (!text) return;
    const kind = field.dataset.suggests;
    const asked = new URLSearchParams({ q: text, kind, limit: SUGGESTIONS });
    const found = await musicapp.request(`${page.dataset.names}?${asked}`).catch(() => null);
    if (!found || field.value.trim() !== text) return;
    const names = new Set(found[`${kind}s`].map((one) => one.name ?? one.title));
    field.list.replaceChildren(...[...names].map((name) => Object.assign(document.createElement("option"), { value: name })));
  }
}
