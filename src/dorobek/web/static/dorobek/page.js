// Small help on every page: focus on what needs attention, buttons pressed once. Nothing here is needed to use a page.

/** The error summary or the conflict is read out and reached first. */
document.querySelector("[data-focus]")?.focus();

/** A second press of a button does nothing while the first is on its way; the server protects itself too. */
document.addEventListener("submit", event => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || form.target === "_blank") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => form.querySelectorAll("button").forEach(button => button.setAttribute("aria-disabled", "true")), 0);
  setTimeout(() => release(form), 8000);   // a download or a lost answer must not lock the form
});

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button").forEach(button => button.removeAttribute("aria-disabled"));
}

addEventListener("pageshow", event => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach(release);
});

/** A select or a box with data-submit sends its form when changed; without scripts the button beside it does. */
document.addEventListener("change", event => {
  if (event.target.matches("[data-submit]")) event.target.form?.requestSubmit();
});

/** Print buttons appear only where scripts run. */
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
