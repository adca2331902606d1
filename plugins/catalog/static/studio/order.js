/* The songs of an album, in lists by disc: moved by their grips with the pointer (a finger too) or the keyboard, and
   saved when they are put down. */
export default function order(box) {
  const says = box.querySelector("[data-says]");
  const lines = () => [...box.querySelectorAll("[data-id]")];
  const placed = () => lines().map((line) => [line.dataset.id, line.closest("[data-disc]").dataset.disc]);
  const place = (line) => `${lines().indexOf(line) + 1} of ${lines().length}`;
  let lifted = null;
  let before = [];
  let home = null;

  function lift(line) {
    lifted = line;
    before = placed();
    home = { list: line.parentNode, next: line.nextElementSibling };
    line.classList.add("lifted");
    grip(line).setAttribute("aria-pressed", "true");
  }

  function letGo() {
    const line = lifted;
    lifted = null;
    line.classList.remove("lifted");
    grip(line).setAttribute("aria-pressed", "false");
    return line;
  }

  async function put() {
    const line = letGo();
    const now = placed();
    if (now.join() === before.join()) return;
    number();
    const body = { songs: now.map(([id]) => Number(id)), discs: now.map(([, disc]) => (disc ? Number(disc) : null)) };
    try {
      await musicapp.request(box.dataset.url, { method: "PATCH", body, keepalive: true });
      musicapp.toast(`“${line.dataset.title}” is number ${place(line)} now.`);
    } catch (refusal) {
      musicapp.toast(`The order is not saved. ${refusal.message}`);
    }
  }

  function putBack() {
    home.list.insertBefore(lifted, home.next);
    const line = letGo();
    says.textContent = `${line.dataset.title} is back at ${place(line)}.`;
    grip(line).focus();
  }

  function number() {
    for (const list of box.querySelectorAll("[data-disc]")) {
      [...list.children].forEach((line, at) => { line.querySelector(".num").textContent = at + 1; });
    }
    const all = lines();
    for (const line of all) {
      line.querySelector("[value=up]").disabled = line === all[0];
      line.querySelector("[value=down]").disabled = line === all.at(-1);
    }
  }

  /** Moves the lifted line by one place; at the edge of its disc it goes over to the next list. */
  function step(by) {
    const neighbour = by < 0 ? lifted.previousElementSibling : lifted.nextElementSibling;
    const lists = [...box.querySelectorAll("[data-disc]")];
    const other = lists[lists.indexOf(lifted.parentNode) + by];
    if (neighbour) neighbour[by < 0 ? "before" : "after"](lifted);
    else if (other) other[by < 0 ? "append" : "prepend"](lifted);
    grip(lifted).focus();
    says.textContent = `${lifted.dataset.title}: ${place(lifted)}.`;
  }

  box.addEventListener("keydown", (event) => {
    const handle = event.target.closest(".grip");
    const way = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!handle || (event.key !== " " && (!lifted || (!way && event.key !== "Escape")))) return;
    event.preventDefault();
    if (way) step(way);
    else if (event.key === "Escape") putBack();
    else if (lifted) {
      says.textContent = `${lifted.dataset.title} is put down at ${place(lifted)}.`;
      put();
    } else {
      lift(handle.closest("[data-id]"));
      says.textContent = `${lifted.dataset.title} is lifted, ${place(lifted)}.`;
    }
  });

  box.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (lifted && relatedTarget && target === grip(lifted) && !lifted.contains(relatedTarget)) putBack();
  });

  box.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest(".grip");
    if (!handle || event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    lift(handle.closest("[data-id]"));
  });

  box.addEventListener("pointermove", ({ clientX, clientY, pointerId, target }) => {
    if (!lifted || !target.hasPointerCapture?.(pointerId)) return;
    const over = document.elementsFromPoint(clientX, clientY).map((found) => found.closest("[data-id]")).find((line) => line && line !== lifted);
    if (!over || !box.contains(over)) return;
    const { top, height } = over.getBoundingClientRect();
    over[clientY < top + height / 2 ? "before" : "after"](lifted);
    target.setPointerCapture(pointerId);
  });

  for (const end of ["pointerup", "pointercancel"]) {
    box.addEventListener(end, ({ target, pointerId }) => {
      if (lifted && target.hasPointerCapture?.(pointerId)) end === "pointerup" ? put() : putBack();
    });
  }
}

const grip = (line) => line.querySelector(".grip");
