// Shows beside the form the hints on the wording of the field in focus, anew after each save. A button of a hint, or
// Alt+Enter in the field for the first of them, makes its safe fix there. Without this module they are on a page.

const panel = document.querySelector('[data-module="hints"]');
const form = document.getElementById("writing");
const list = panel.querySelector("[data-list]");
const keys = panel.querySelector("[data-keys]");
const status = panel.querySelector('[role="status"]');
const AT_ONCE = 3; // as the page folds them
let field = null; // the one that was entered last
let known = null; // {path: section}, once it was asked for
let asked = new AbortController();
let isAsking = false;

async function ask() {
  asked.abort();
  asked = new AbortController();
  isAsking = true;
  try {
    const answer = await fetch(panel.dataset.url, { signal: asked.signal });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    known = new Map([...page.querySelectorAll("[data-path]")].map((each) => [each.dataset.path, each]));
    if (!list.contains(document.activeElement)) show();
  } catch {
    // the next field or save asks again; the page with all hints is one link away
  } finally {
    isAsking = false;
  }
}

function show() {
  const section = known?.get(field?.name);
  const isLeft = Boolean(section?.querySelector("li"));
  const isOpen = list.firstElementChild?.dataset.path === field?.name && list.querySelector("details")?.open;
  list.replaceChildren(...(isLeft ? [document.importNode(section, true)] : []));
  if (isOpen) list.querySelector("details")?.setAttribute("open", "");
  keys.hidden = !list.querySelector("button");
  panel.hidden = !isLeft && !status.textContent;
}

// Where the words of a hint stand now: text before them may have grown or shrunk since it was asked for, and on one
// side of them another hint may have been followed.
function placeOf({ start, before, found, after }, text) {
  const expected = [...text].slice(0, Number(start)).join("").length;
  for (const [left, right] of [[before, after], [before, ""], ["", after]]) {
    if (!left && !right && (before || after)) continue; // the words alone may stand elsewhere, within 「」
    const whole = left + found + right;
    let nearest = -1;
    for (let at = text.indexOf(whole); at >= 0; at = text.indexOf(whole, at + 1)) {
      if (nearest < 0 || Math.abs(at + left.length - expected) < Math.abs(nearest - expected)) nearest = at + left.length;
    }
    if (nearest >= 0) return nearest;
  }
  return -1;
}

// The place of a hint that was followed is taken by the first of those that are folded.
function moveUp(section) {
  const folded = section.querySelector("details");
  if (!folded) return;
  const [shown, further] = section.querySelectorAll("ul");
  shown.append(...[...further.children].slice(0, Math.max(0, AT_ONCE - shown.children.length)));
  if (!further.children.length) folded.remove();
}

function fix(button) {
  const hint = button.dataset;
  const at = placeOf(hint, field.value);
  if (at < 0) {
    status.textContent = panel.dataset.changed;
    return;
  }
  field.focus();
  field.setSelectionRange(at, at + hint.found.length);
  // The one way to type into a field so that 元に戻す (Ctrl+Z) takes it back.
  if (!document.execCommand("insertText", false, hint.fix)) {
    field.setRangeText(hint.fix, at, at + hint.found.length, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  status.textContent = hint.done;
  const section = known.get(field.name);
  section?.querySelector(`[data-start="${hint.start}"]`)?.closest("li").remove();
  if (section) moveUp(section);
  show();
  form.dispatchEvent(new CustomEvent("planwizard:changed", { bubbles: true }));
}

form.addEventListener("focusin", ({ target }) => {
  if (!target.matches("textarea, input[type=text], input:not([type])")) return;
  if (target !== field) status.textContent = "";
  field = target;
  if (known) show();
  else if (!isAsking) ask();
});
form.addEventListener("planwizard:saved", () => known && ask());
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.altKey || event.isComposing || event.target !== field) return;
  const button = panel.getClientRects().length && list.querySelector("button");
  if (!button) return;
  event.preventDefault();
  fix(button);
});
list.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (button) fix(button);
});
