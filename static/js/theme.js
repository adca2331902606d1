/* x-data="themeSwitch": light, dark or as the system says, kept on this device. */
document.addEventListener("alpine:init", () => {
  Alpine.data("themeSwitch", () => ({
    theme: document.documentElement.dataset.theme ?? "system",

    choose(theme) {
      this.theme = theme;
      if (theme === "system") delete document.documentElement.dataset.theme;
      else document.documentElement.dataset.theme = theme;
      try {
        localStorage.setItem("musicapp.theme", theme);
      } catch {
        // Storage is blocked: the choice holds until the page is left.
      }
    },

    light() { this.choose("light"); },
    dark() { this.choose("dark"); },
    system() { this.choose("system"); },
    get isLight() { return this.theme === "light"; },
    get isDark() { return this.theme === "dark"; },
    get isSystem() { return this.theme === "system"; },
  }));
});
