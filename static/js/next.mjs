// Ctrl and Enter save and go on: to the next sheet, where the keyboard was in this one, or the next item to check.

const button = document.querySelector('[aria-keyshortcuts="Control+Enter"]');
const FIRST = "[data-rows] :is(summary, input:not([type=hidden]), textarea, select)";

if (button) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.ctrlKey || event.isComposing || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const { activeElement: control } = document;
    const { at } = button.form.elements; // of a sheet
    if (at && control.form === button.form) {
      at.value = control.closest("[data-module=rows]")?.dataset.path ?? control.name ?? "";
    }
    button.form.requestSubmit(button);
  });

  // A list or a question of several boxes has no focus of its own.
  const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (field?.matches("fieldset")) (field.querySelector(FIRST) ?? field.querySelector("input:checked, input:not([type=hidden])"))?.focus();
}
