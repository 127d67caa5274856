// Shows beside the form what the checklist asks of the part, once the author turns it on, and anew after every save.
// Words that the author marks in the form or in the preview go along to the item that they may fulfil.

const panel = document.querySelector('[data-module="checks"]');
const found = panel.querySelector("[data-found]");
const failed = panel.querySelector("[data-failed]");
let isStale = true; // the answers were saved since the checks were asked for
const marked = panel.querySelector("[data-marked]");
const FEWEST = 4; // letters of a mark that is meant
let asked = new AbortController();
let words = "";

async function refresh() {
  if (!isStale || panel.getClientRects().length === 0) return;
  isStale = false;
  asked.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(panel.dataset.url, { signal: asked.signal });
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`); // signed out, gone or broken
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...page.body.children);
    point();
    failed.hidden = true;
  } catch (error) {
    if (error.name === "AbortError") return;
    isStale = true;
    failed.hidden = false;
  }
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
document.getElementById("writing").addEventListener("planwizard:saved", () => {
  isStale = true;
  refresh();
});
panel.closest(".pw-layout").addEventListener("planwizard:view", refresh);
mark();
refresh();
