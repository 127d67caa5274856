// Follows the files that are being made: says how far each one is, and opens the page anew when it has ended.
// Without it the link beside them does the same.

const EVERY_MS = 1000;
const LATER_MS = 10000; // the server does not answer: it may be starting anew
const GONE = [401, 403, 404];

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function ask(url) {
  try {
    return await fetch(url, { headers: { Accept: "application/json" } });
  } catch {
    return null;
  }
}

async function follow(box) {
  const words = box.querySelector('[role="status"]');
  const bar = box.querySelector("progress");
  const percent = box.querySelector("[data-percent]");
  for (let wait = EVERY_MS; ; ) {
    await pause(wait);
    const answer = await ask(box.dataset.url);
    if (answer && GONE.includes(answer.status)) return;
    wait = answer?.ok ? EVERY_MS : LATER_MS;
    if (!answer?.ok) continue;
    const now = await answer.json();
    if (!now.is_under_way) return location.reload();
    bar.value = now.percent;
    percent.textContent = `${now.percent}％`;
    // A reader is told a stage once, not at every look.
    if (words.textContent !== now.words) words.textContent = now.words;
  }
}

document.querySelectorAll('[data-module="progress"]').forEach(follow);
