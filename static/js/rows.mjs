// Adds, moves, removes and takes back rows in place. Without this module the same buttons submit the form and the
// server does it. Alt and an arrow move the row that one is in.

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const REST = `${LETTERS}0123456789`;
const CONTROL = "input:not([type=hidden]), textarea, select";
const NAME = /^(\S+) \d*の/; // 「段階 1の記号」: what a cell is called, as the server wrote it

const removed = new WeakMap(); // list → [{ row, before } or { back }], the last one at the end

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

const isUntouched = (control) =>
  control.matches("select")
    ? [...control.options].every((option) => option.selected === option.defaultSelected || !option.value)
    : control.value === control.defaultValue && control.checked === control.defaultChecked;

// An empty row that is offered already is the one that was asked for.
function add(field, rows) {
  const last = rows.lastElementChild;
  const isOffered = last?.querySelector(":scope input[name=offered]") && [...last.querySelectorAll(CONTROL)].every(isUntouched);
  const blank = field.querySelector(":scope > template[data-blank]");
  const row = isOffered ? last : named(blank.content.cloneNode(true).firstElementChild, newKey());
  if (!isOffered) rows.append(row);
  field.querySelector(":scope > [data-empty]")?.remove();
  say(field, isOffered ? "waiting" : "added", row);
  row.querySelector(CONTROL)?.focus();
}

function say(field, what, row, count = row ? [...row.parentElement.children].indexOf(row) + 1 : 0) {
  const tools = field.querySelector(":scope > [data-tools]");
  tools.querySelector("[data-news]").textContent = tools.dataset[what].replace("{}", count);
}

function offerBack(field) {
  field.querySelector("[data-tools] button[value^='take_back:']").hidden = !removed.get(field)?.length;
}

function move(field, row, kind) {
  const focused = document.activeElement;
  if (kind === "up") row.previousElementSibling?.before(row);
  else row.nextElementSibling?.after(row);
  (row.contains(focused) ? focused : row).focus();
  say(field, "moved", row);
}

function remove(field, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  say(field, "removed", row);
  removed.set(field, [...(removed.get(field) ?? []), { row, before: row.nextElementSibling }]);
  row.remove();
  offerBack(field);
  (next?.querySelector(`summary, ${CONTROL}`) ?? field.querySelector("button[value^='add:']")).focus();
}

function takeBack(field, rows) {
  const { row, before, back } = removed.get(field).pop();
  offerBack(field);
  if (back) {
    back();
    return say(field, "unpainted");
  }
  if (before?.parentElement === rows) before.before(row);
  else rows.append(row);
  say(field, "takenBack", row);
  row.querySelector(`summary, ${CONTROL}`)?.focus();
}

function act(kind, button, field) {
  const rows = field.querySelector("[data-rows]");
  const row = button.closest("[data-row]");
  if (kind === "add") add(field, rows);
  else if (kind === "take_back") takeBack(field, rows);
  else if (kind === "remove") remove(field, row);
  else move(field, row, kind);
  field.dispatchEvent(new CustomEvent("planwizard:changed", { bubbles: true }));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=act]");
  const field = button?.closest("[data-module=rows]");
  if (!field) return;
  const [kind] = button.value.split(":");
  if (kind === "take_back" && !removed.get(field)?.length) return; // one that the server took out
  event.preventDefault();
  act(kind, button, field);
});

// Where the browser uses these keys itself, in a list of choices, they stay its own.
const MOVES = { ArrowUp: "up", ArrowDown: "down" };
document.addEventListener("keydown", (event) => {
  const kind = event.altKey && !event.ctrlKey && !event.metaKey && MOVES[event.key];
  const row = event.target.closest("[data-row]");
  if (!kind || !row || event.isComposing || event.target.matches("select, [list]")) return;
  event.preventDefault();
  act(kind, row, row.closest("[data-module=rows]"));
});

document.addEventListener("planwizard:painted", ({ target, detail }) => {
  removed.set(target, [...(removed.get(target) ?? []), { back: detail.back }]);
  offerBack(target);
  say(target, "painted", null, detail.count);
});

document.addEventListener("planwizard:changed", (event) => {
  if (event.target.matches("[data-module=rows]")) renumber(event.target.querySelector("[data-rows]"));
});
