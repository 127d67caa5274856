// What a panel beside the form shows is fetched when it comes into sight, and anew after every save. What was asked for
// before a later save is thrown away; what fails is asked for again a few times.

import "./views.mjs"; // which panel is shown

const AGAIN_AFTER = [2, 10, 60]; // seconds

// `take` gets the elements that were fetched, `ready` (a promise) is waited for; while `waits` nothing is asked.
export function follow(panel, take, { ready = () => null, waits = () => false } = {}) {
  const failed = panel.querySelector("[data-failed]");
  let isStale = true; // the answers were saved since it was asked for
  let asked = new AbortController();
  let failures = 0;
  let later = 0;

  async function refresh() {
    if (!isStale || waits() || panel.getClientRects().length === 0) return;
    isStale = false;
    clearTimeout(later);
    asked.abort();
    const { signal } = (asked = new AbortController());
    try {
      const [found] = await Promise.all([fetched(panel.dataset.url, signal), ready()]);
      if (signal.aborted) return;
      take(found);
      [failed.hidden, failures] = [true, 0];
    } catch {
      if (signal.aborted) return;
      [failed.hidden, isStale] = [false, true];
      if (failures < AGAIN_AFTER.length) later = setTimeout(refresh, 1000 * AGAIN_AFTER[failures++]);
    }
  }

  document.getElementById("writing").addEventListener("planwizard:saved", () => {
    [isStale, failures] = [true, 0];
    refresh();
  });
  panel.closest(".pw-layout").addEventListener("planwizard:view", refresh);
  refresh();
  return refresh;
}

async function fetched(url, signal) {
  const answer = await fetch(url, { signal });
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`); // signed out, gone or broken
  return new DOMParser().parseFromString(await answer.text(), "text/html").body.children;
}
