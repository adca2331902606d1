/* <form data-module="/…/sheet.js">: what only some pages need is fetched where such an element stands, and its default
   export is called with the element. */
(() => {
  function begin() {
    for (const element of document.querySelectorAll("[data-module]:not([data-begun])")) {
      element.dataset.begun = "";
      import(element.dataset.module).then((module) => module.default(element));
    }
  }

  for (const moment of ["DOMContentLoaded", "turbo:load", "turbo:render", "turbo:frame-load"]) document.addEventListener(moment, begin);
})();
