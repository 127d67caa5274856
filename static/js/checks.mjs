// Shows beside the form what the checklist asks of the part, once the author turns it on, and anew after every save.

const panel = document.querySelector('[data-module="checks"]');
const found = panel.querySelector("[data-found]");
const failed = panel.querySelector("[data-failed]");
let isStale = true; // the answers were saved since the checks were asked for
let asked = new AbortController();

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
    failed.hidden = true;
  } catch (error) {
    if (error.name === "AbortError") return;
    isStale = true;
    failed.hidden = false;
  }
}

document.getElementById("writing").addEventListener("planwizard:saved", () => {
  isStale = true;
  refresh();
});
panel.closest(".pw-layout").addEventListener("planwizard:view", refresh);
addEventListener("load", refresh);
