// Adds, moves and removes rows in place. Without this module the same buttons submit the form and the server does it.

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const REST = `${LETTERS}0123456789`;

const NAME = /^(\S+) \d*の/; // 「段階 1の記号」: what a cell is called, as the server wrote it

function newKey() {
  const dice = crypto.getRandomValues(new Uint32Array(10));
  return [...dice].map((value, at) => (at ? REST[value % 36] : LETTERS[value % 26])).join("");
}

function named(node, key) {
  for (const element of [node, ...node.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__row__")) element.setAttribute(name, value.replaceAll("__row__", key));
    }
  }
  return node;
}

function renumber(rows) {
  [...rows.children].forEach((row, at) => {
    const own = [...row.querySelectorAll("[data-number]")].filter((found) => found.closest("[data-row]") === row);
    for (const number of own) number.textContent = String(at + 1);
    for (const control of row.querySelectorAll("[aria-label]")) {
      if (control.closest("[data-row]") === row) control.ariaLabel = control.ariaLabel.replace(NAME, `$1 ${at + 1}の`);
    }
  });
}

function add(field, rows) {
  const blank = field.querySelector(":scope > template[data-blank]");
  const row = named(blank.content.cloneNode(true).firstElementChild, newKey());
  rows.append(row);
  field.querySelector(":scope > [data-empty]")?.remove();
  row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

function act(kind, row, rows) {
  if (kind === "up") row.previousElementSibling?.before(row);
  if (kind === "down") row.nextElementSibling?.after(row);
  if (kind !== "remove") return row.querySelector(`button[value^="${kind}:"]`);
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  return next?.querySelector("summary, input:not([type=hidden]), textarea, select") ?? rows.closest("fieldset").querySelector("button[value^='add:']");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=act]");
  if (!button) return;
  const [kind] = button.value.split(":");
  const field = button.closest("[data-module=rows]");
  const rows = field?.querySelector("[data-rows]");
  if (!rows) return;
  event.preventDefault();
  if (kind === "add") add(field, rows);
  else act(kind, button.closest("[data-row]"), rows)?.focus();
  renumber(rows);
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
