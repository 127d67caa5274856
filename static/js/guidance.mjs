// Shows beside the form what is told about the field in focus. The guidance of the part is asked for once, when the
// first field is entered; without this module it stands on a page of its own.

const panel = document.querySelector('[data-module="guidance"]');
const side = panel.closest(".pw-layout__side");
const holder = panel.querySelector("[data-field]");
let asked = null;
let shown = "";
let entered = null; // the field that was entered last; its author may be on the way to the panel already

async function ask() {
  const answer = await fetch(panel.dataset.url);
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  const sections = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll("[data-path]");
  return new Map([...sections].map((section) => [section.dataset.path, section]));
}

// kpis.k3f9x0a7bq.targets.2028.value is declared as kpis, kpis.targets and kpis.targets.value: the rows and years
// between are no fields.
function declared(name, known) {
  const found = [];
  for (const piece of name.split(".")) {
    const path = found.length ? `${found.at(-1)}.${piece}` : piece;
    if (known.has(path)) found.push(path);
  }
  return found.reverse();
}

function show(paths, known) {
  const wanted = paths.join(" ");
  if (wanted === shown) return;
  shown = wanted;
  const sections = paths.map((path) => document.importNode(known.get(path), true));
  sections.forEach((section) => section.removeAttribute("id")); // the path of a field may be an id of the page
  holder.replaceChildren(...sections);
  holder.hidden = !sections.length;
  if (panel.getClientRects().length) side.scrollTop = 0;
}

document.getElementById("writing").addEventListener("focusin", async ({ target }) => {
  if (!target.name || target.matches("button")) return;
  entered = target;
  asked ??= ask();
  try {
    const known = await asked;
    if (entered === target) show(declared(target.name, known), known);
  } catch {
    asked = null; // the next field tries again; the page with all guidance is one link away
  }
});
