/* Runs before the first paint: says that scripts run, and sets the theme that the visitor chose on this device. */
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    const theme = localStorage.getItem("musicapp.theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch {
    // Storage is blocked: the system's choice holds.
  }
})();
