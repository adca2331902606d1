/* “Report” wherever it stands: a link with data-reports, the address of the script that shows its form above the page.
   It is fetched when it is first wanted; without it, and without scripts, the form is a page. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-reports]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { default: show } = await import(link.dataset.reports).catch(() => ({ default: () => Turbo.visit(link.href) }));
  show(link);
});
