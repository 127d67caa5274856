// Shows beside the form what it prints as, anew after every save. It moves no focus, and
// waits while an input method composes.

import { follow } from "./beside.mjs";

const panel = document.querySelector('[data-module="preview"]');
const paper = panel.querySelector("[data-paper]");
let isComposing = false;
let article = null; // what waits for the end of a composition
let looks = null;

// The looks of the paper, which a page without a preview does not need.
function dressed() {
  looks ??= new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: panel.dataset.styles });
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
  return looks;
}

function place() {
  if (!article || isComposing) return;
  paper.replaceChildren(...article);
  article = null;
  panel.dispatchEvent(new CustomEvent("planwizard:previewed"));
}

function take(found) {
  article = found;
  place();
}

const refresh = follow(panel, take, { ready: dressed, waits: () => isComposing });
document.addEventListener("compositionstart", () => (isComposing = true));
document.addEventListener("compositionend", () => {
  isComposing = false;
  place();
  refresh();
});
