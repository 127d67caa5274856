// Shows beside the form what it prints as, anew after every save. It moves no focus, and
// waits while an input method composes.

const panel = document.querySelector('[data-module="preview"]');
const form = document.getElementById("writing");
const paper = panel.querySelector("[data-paper]");
const failed = panel.querySelector("[data-failed]");
let isStale = true; // the answers were saved since the paper was asked for
let isComposing = false;
let ready = null; // an article that waits for the end of a composition
let asked = new AbortController();

const isShown = () => panel.getClientRects().length > 0;

async function fetched(url) {
  const answer = await fetch(url, { signal: asked.signal });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`); // signed out, gone or broken
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.children;
}

// The looks of the paper, which a page without a preview does not need.
async function dressed() {
  const { styles } = panel.dataset;
  if (!styles) return;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: styles });
  const loaded = new Promise((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  await loaded;
  panel.removeAttribute("data-styles");
}

function place() {
  if (!ready || isComposing) return;
  paper.replaceChildren(...ready);
  ready = null;
  panel.dispatchEvent(new CustomEvent("planwizard:previewed"));
}

async function refresh() {
  if (!isStale || isComposing || !isShown()) return;
  isStale = false;
  asked.abort();
  asked = new AbortController();
  try {
    [ready] = await Promise.all([fetched(panel.dataset.url), dressed()]);
    failed.hidden = true;
    place();
  } catch (error) {
    if (error.name === "AbortError") return;
    isStale = true;
    failed.hidden = false;
  }
}

form.addEventListener("planwizard:saved", () => {
  isStale = true;
  refresh();
});
document.addEventListener("compositionstart", () => (isComposing = true));
document.addEventListener("compositionend", () => {
  isComposing = false;
  place();
  refresh();
});
panel.closest(".pw-layout").addEventListener("planwizard:view", refresh);
refresh();
