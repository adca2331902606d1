/* The form of a comment: a button that takes the moment which plays, and a menu of whom one can name with @. The form carries
   data-people, the address of their names, and on songs data-song. */
export default (form) => {
  const words = form.querySelector("textarea");
  takeMoment(form, words);
  nameSomebody(form, words);
};

function takeMoment(form, words) {
  const button = form.querySelector("[data-now]");
  if (!button) return;
  const player = Alpine.store("player");
  const here = () => (String(player.song.id) === form.dataset.song ? Math.floor(player.position) : 0);

  const shown = Alpine.effect(() => {
    const at = here();
    button.hidden = !at;
    button.textContent = `Comment at ${musicapp.clock(at)}`;
    if (!form.isConnected) Alpine.release(shown);
  });

  button.addEventListener("click", () => {
    form.elements.at_s.value = musicapp.clock(here());
    words.focus();
  });
}

function nameSomebody(form, words) {
  const menu = form.querySelector("details.menu");
  const body = menu.querySelector(".menu-body");

  menu.addEventListener("toggle", async () => {
    if (!menu.open || body.querySelector("button")) return;
    const people = await musicapp.request(form.dataset.people).catch(() => []);
    if (people.length) body.replaceChildren(...people.map(entry));
  });

  function entry({ id, name }) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.addEventListener("click", () => {
      choose(id, name);
      menu.open = false;
    });
    return button;
  }

  function choose(id, name) {
    const chosen = document.createElement("input");
    Object.assign(chosen, { type: "hidden", name: "mentions", value: id });
    form.append(chosen);
    const before = words.value.slice(0, words.selectionStart);
    const space = before && !/\s$/.test(before) ? " " : "";
    words.setRangeText(`${space}@${name} `, words.selectionStart, words.selectionEnd, "end");
    words.focus();
  }
}
