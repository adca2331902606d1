/* x-data="catalogOrder" on a list with data-url: its lines are dragged into another order, which is saved when they are let go. */
document.addEventListener("alpine:init", () => {
  const ids = (list) => [...list.querySelectorAll("[data-id]")].map((line) => line.dataset.id);

  async function save(list, order) {
    const form = new FormData();
    for (const id of order) form.append("songs", id);
    form.append("csrf_token", musicapp.csrfToken());
    const { ok } = await fetch(list.dataset.url, { method: "POST", body: form }).catch(() => ({ ok: false }));
    musicapp.toast(ok ? "The new order is saved." : "The order could not be saved. Load the page again and repeat it.");
  }

  Alpine.data("catalogOrder", () => ({
    lifted: null,
    before: [],

    lift(event) {
      this.lifted = event.currentTarget;
      this.before = ids(this.$root);
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", this.lifted.dataset.id);
    },

    over(event) {
      const line = event.currentTarget;
      if (!this.lifted || line === this.lifted) return;
      const { top, height } = line.getBoundingClientRect();
      line.parentNode.insertBefore(this.lifted, event.clientY < top + height / 2 ? line : line.nextSibling);
    },

    put() {
      if (!this.lifted) return;
      this.lifted = null;
      const order = ids(this.$root);
      if (order.join() !== this.before.join()) save(this.$root, order);
    },
  }));
});
