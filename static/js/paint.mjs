// Words that go on from year to year are typed once: Shift and an arrow, or the mouse pulled over the years, put the
// words of a cell into the cells beside it. The first and last year in which something stands are suggested for the
// fields that follow them, as long as nobody has typed another.

const CELL = "[data-paint] td";
const controls = (cell) => [...cell.querySelectorAll("input, select")];
const isFilled = (cell) => controls(cell).some((control) => control.value);

function set(cell, values) {
  controls(cell).forEach((control, at) => {
    control.value = values[at];
  });
}

// Copies the words and tells the list, which offers to take it back.
function paint(from, cells) {
  const words = controls(from).map((control) => control.value);
  const before = cells.map((cell) => [cell, controls(cell).map((control) => control.value)]);
  for (const cell of cells) set(cell, words);
  const back = () => before.forEach(([cell, values]) => set(cell, values));
  const list = from.closest("[data-module=rows]");
  const detail = { back, count: cells.length };
  list.dispatchEvent(new CustomEvent("planwizard:painted", { bubbles: true, detail }));
  list.dispatchEvent(new CustomEvent("planwizard:changed", { bubbles: true }));
  suggest(from.closest("[data-row]"));
}

const STEPS = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" };

// Within a text these keys mark letters, until there are none left on that side.
function isAtEdge(control, key) {
  if (!control.matches("input")) return true;
  const edge = key === "ArrowRight" ? control.value.length : 0;
  return control.selectionStart === edge && control.selectionEnd === edge;
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest(CELL);
  const next = event.shiftKey && !event.altKey && !event.ctrlKey && STEPS[event.key] && cell?.[STEPS[event.key]];
  if (!next || event.isComposing || !isFilled(cell) || !isAtEdge(event.target, event.key)) return;
  event.preventDefault();
  paint(cell, [next]);
  const control = controls(next)[controls(cell).indexOf(event.target)];
  control.focus();
  const edge = event.key === "ArrowRight" ? control.value.length : 0;
  if (control.matches("input")) control.setSelectionRange(edge, edge);
});

let pulled = null; // { from, to: cells }

function between(from, to) {
  const cells = [...from.parentElement.children];
  const [first, last] = [cells.indexOf(from), cells.indexOf(to)].sort((one, other) => one - other);
  return cells.slice(first, last + 1).filter((cell) => cell !== from);
}

function mark(cells) {
  for (const cell of pulled.to) delete cell.dataset.painted;
  for (const cell of cells) cell.dataset.painted = "";
  pulled.to = cells;
}

document.addEventListener("pointerdown", (event) => {
  const cell = event.target.closest(CELL);
  if (!cell || event.button || event.pointerType !== "mouse" || event.target.matches("select") || !isFilled(cell)) return;
  pulled = { from: cell, to: [] };
});
document.addEventListener("pointerover", (event) => {
  const cell = pulled && event.target.closest(CELL);
  if (cell && cell.parentElement === pulled.from.parentElement) mark(between(pulled.from, cell));
});
document.addEventListener("pointerup", () => {
  const { from, to } = pulled ?? { to: [] };
  if (to.length) {
    mark([]);
    paint(from, to);
    getSelection().removeAllRanges();
  }
  pulled = null;
});

const suggested = new WeakSet();

function suggest(row) {
  for (const field of row.querySelectorAll("[data-follows]")) {
    if (field.value && !suggested.has(field)) continue;
    const [end, column] = field.dataset.follows.split(":");
    const table = row.querySelector(`[id="${row.id}.${column}"] table`);
    const filled = [...table.querySelectorAll("tbody td")].filter(isFilled);
    const cell = end === "first" ? filled[0] : filled.at(-1);
    const year = cell ? table.tHead.rows[0].cells[cell.cellIndex].textContent : "";
    if (year === field.value) continue;
    field.value = year;
    suggested.add(field);
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-follows]")) suggested.delete(target);
});
document.addEventListener("change", ({ target }) => {
  if (target.closest(CELL)) suggest(target.closest("[data-row]"));
});
