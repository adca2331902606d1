/* Menus are <details class="menu">: they open without scripts; here they close, turn upwards and follow the arrow keys. */
(() => {
  const opened = () => document.querySelectorAll("details.menu[open]");
  const entries = (menu) => [...menu.querySelectorAll(".menu-body a, .menu-body button")].filter((entry) => entry.offsetParent);

  function closeAll(except) {
    for (const menu of opened()) if (menu !== except) menu.open = false;
  }

  /** Turns a menu upwards when the player or the edge of the window would cut it. */
  function turn(menu) {
    delete menu.dataset.up;
    const body = menu.querySelector(".menu-body").getBoundingClientRect();
    const floor = document.getElementById("player")?.getBoundingClientRect();
    const limit = floor?.height ? floor.top : innerHeight;
    const head = menu.getBoundingClientRect();
    if (body.bottom > limit && head.top > body.height) menu.dataset.up = "";
  }

  document.addEventListener("toggle", ({ target }) => {
    if (!(target instanceof HTMLDetailsElement) || !target.matches(".menu") || !target.open) return;
    closeAll(target);
    turn(target);
  }, true);

  document.addEventListener("click", ({ target }) => {
    const menu = target.closest("details.menu");
    const chosen = target.closest(".menu-body a, .menu-body button:not([data-stays])");
    closeAll(chosen ? null : menu);
  });

  document.addEventListener("focusin", ({ target }) => closeAll(target.closest("details.menu")));

  document.addEventListener("keydown", (event) => {
    const [menu] = opened();
    if (!menu) return;
    if (event.key === "Escape") {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = entries(menu);
      const at = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      all.at(at % all.length)?.focus();
      event.preventDefault();
    }
  });

  document.addEventListener("turbo:before-render", () => closeAll());
})();
