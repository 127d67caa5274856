// Ties the preview to the form: it follows the field that is being written, and a click in it leads to the field. For
// the keyboard it is one stop: arrows go from place to place, Enter leads to the field.

const WIDE = matchMedia("(min-width: 75rem)");
const panel = document.querySelector('[data-module="preview"]');
const layout = panel.closest(".pw-layout");
const side = panel.closest(".pw-layout__side");
const form = document.getElementById("writing");
const CONTROLS = "input:not([type=hidden]), textarea, select";
let path = decodeURIComponent(location.hash.slice(1)).match(/^id_(.+)$/)?.[1] ?? "";

const isShown = () => panel.getClientRects().length > 0;
const isOwn = (node) => node.closest("[data-part]")?.dataset.part === panel.dataset.part;
const without = (found) => found.slice(0, Math.max(0, found.lastIndexOf(".")));

// The blocks and rows of a field: those of its own path, else of the row or group that it stands in.
function placesOf(wanted) {
  for (let at = wanted; at; at = without(at)) {
    const found = [...panel.querySelectorAll(`[data-path="${CSS.escape(at)}"]`)].filter(isOwn);
    const cells = found.filter((node) => node.matches("td, th"));
    if (found.length) return cells.length ? cells.map((cell) => cell.parentElement) : found;
  }
  return [];
}

// Of a long text, the paragraph in which the caret stands.
function atCaret(found) {
  const area = document.activeElement;
  if (found.length < 2 || area?.name !== path || area.selectionStart === undefined) return found[0];
  const before = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const words = area.value.slice(before).split("\n", 1)[0].replace(/^[■□・\s]+/, "").slice(0, 30);
  return (words && found.find((node) => node.textContent.includes(words))) || found[0];
}

function bringIntoSight(node) {
  if (!WIDE.matches) return node.scrollIntoView({ block: "center", behavior: "instant" });
  const box = side.getBoundingClientRect();
  const at = node.getBoundingClientRect();
  if (at.top < box.top || at.bottom > box.bottom) side.scrollTop += at.top - box.top - box.height / 4;
}

const places = () => [...panel.querySelectorAll("[data-path]")].filter((node) => isOwn(node) && controlOf(node.dataset.path));

function stopAt(place) {
  panel.querySelector("[data-path][tabindex='0']")?.setAttribute("tabindex", "-1");
  place?.setAttribute("tabindex", "0");
}

function follow() {
  panel.querySelector("[data-here]")?.removeAttribute("data-here");
  if (!isShown()) return;
  const node = atCaret(placesOf(path));
  stopAt(node ? (node.closest("[data-path]") ?? node.querySelector("[data-path]")) : places()[0]);
  if (!node) return;
  node.dataset.here = "";
  bringIntoSight(node);
}

// The control of a path, or the first one of a row, group or card.
function controlOf(wanted) {
  for (let at = wanted; at; at = without(at)) {
    const node = document.getElementById(`id_${at}`);
    if (node) return node.matches(CONTROLS) ? node : (node.querySelector(CONTROLS) ?? node);
  }
  return null;
}

// Where that was written which stands at a node: in a row the label before it, else the block.
function placeAt(node) {
  for (let cell = node.closest("td, th"); cell; cell = cell.previousElementSibling) {
    if (cell.dataset.path) return cell;
  }
  return node.closest("[data-path]");
}

function setCaret(control, words) {
  const at = control.matches("textarea") && words ? control.value.indexOf(words) : -1;
  if (at >= 0) control.setSelectionRange(at, at);
}

function lead(place) {
  const control = place && isOwn(place) && controlOf(place.dataset.path);
  if (!control) return;
  layout.dispatchEvent(new CustomEvent("planwizard:write"));
  for (let fold = control.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
  control.scrollIntoView({ block: "center", behavior: "instant" });
  control.focus({ preventScroll: true });
  setCaret(control, place.textContent.slice(0, 12).trim());
}

panel.addEventListener("click", (event) => {
  if (event.target.closest("a") || !getSelection().isCollapsed) return; // a link, or words being marked to copy
  lead(placeAt(event.target));
});

panel.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1, Enter: 0 }[event.key];
  if (step === undefined || !event.target.matches("[tabindex][data-path]")) return;
  event.preventDefault();
  if (!step) return lead(event.target);
  const all = places();
  const next = all[all.indexOf(event.target) + step];
  if (!next) return;
  stopAt(next);
  next.focus();
});

form.addEventListener("focusin", ({ target }) => {
  if (!target.name || target.matches("button")) return;
  path = target.name;
  follow();
});
panel.addEventListener("planwizard:previewed", follow);
layout.addEventListener("planwizard:view", follow);
follow();
