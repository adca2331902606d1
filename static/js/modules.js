/* <form data-module="/…/sheet.js">: what only some pages need is fetched where such an element stands, and its default
   export is called with the element, which carries data-runs from then on. */
(() => {
  async function run(element) {
    element.dataset.begun = "";
    const module = await import(element.dataset.module);
    await module.default(element);
    element.dataset.runs = "";
  }

  function begin() {
    document.querySelectorAll("[data-module]:not([data-begun])").forEach(run);
  }

  for (const moment of ["DOMContentLoaded", "turbo:load", "turbo:render", "turbo:frame-load"]) document.addEventListener(moment, begin);
})();
