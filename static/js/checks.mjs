// Shows beside the form what the checklist asks of the part, once the author turns it on, and anew after every save.
// Words that the author marks in the form or in the preview go along to the item that they may fulfil.

import { follow } from "./beside.mjs";

const panel = document.querySelector('[data-module="checks"]');
const found = panel.querySelector("[data-found]");
const marked = panel.querySelector("[data-marked]");
const FEWEST = 4; // letters of a mark that is meant
let words = "";

function take(sentences) {
  found.replaceChildren(...sentences);
  point();
}

function selected() {
  const { activeElement } = document;
  if (activeElement?.matches("#writing textarea")) {
    return activeElement.value.slice(activeElement.selectionStart, activeElement.selectionEnd);
  }
  const selection = getSelection();
  return selection.anchorNode?.parentElement?.closest("[data-paper]") ? selection.toString() : "";
}

function point() {
  marked.hidden = !words;
  marked.querySelector("[data-words]").textContent = words;
  if (!words) return;
  for (const link of found.querySelectorAll('a[href*="/checklist/"]')) {
    link.search = new URLSearchParams({ part: panel.dataset.part, quote: words });
  }
}

function mark() {
  const text = selected().trim();
  if (text.length < FEWEST || text === words) return; // the mark stays while the author goes to the panel
  words = text.slice(0, 400);
  point();
}

document.addEventListener("selectionchange", mark);
mark();
follow(panel, take);
