// What every page does: take the reader to the list of errors, the message or the field of a link, lay out what is far
// away, show the open step, and send no form twice.

// A message that stands when the page comes is not read aloud by itself.
const summary = document.querySelector('[data-module="error-summary"]');
const message = location.hash ? null : document.querySelector("main > .pw-banner:first-child");
(summary ?? message)?.focus();

const whenIdle = (act) => (window.requestIdleCallback ?? setTimeout)(act, { timeout: 500 });

// The browser lays a section of a long page out when it comes near, and guesses its height until then. The rest follow
// one by one as soon as there is time, so that nothing moves when the reader gets there. What is far is not there at all
// before the page has loaded: right then browsers look through all forms for what they could fill in, and a control that
// might be seen is laid out for that.
const far = [...document.querySelectorAll("[data-long]")];
const layOut = (section) => section.removeAttribute("data-long");
function layOutNext() {
  if (!far.length) return;
  layOut(far.shift());
  whenIdle(layOutNext);
}
addEventListener("load", () => {
  showHere();
  setTimeout(() => {
    for (const section of far) section.dataset.long = "";
    whenIdle(layOutNext);
  });
});

// The list of steps scrolls by itself beside the page. To measure it before all else is there would lay the page out
// once more.
function showHere() {
  const steps = document.querySelector(".pw-layout__nav");
  const here = steps?.querySelector("[aria-current]");
  if (!here) return;
  const [at, box] = [here, steps].map((node) => node.getBoundingClientRect().top);
  steps.scrollTop += at - box - steps.clientHeight / 2;
}

// A link leads to a field: its place is known once all above it have their heights, and it may lie in a folded card.
function reveal() {
  const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!field) return;
  far.splice(0).forEach(layOut);
  for (let fold = field.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    fold.open = true;
  }
  field.scrollIntoView({ behavior: "instant" });
}
addEventListener("hashchange", reveal);
reveal();

// A second press while the answer is on its way would do the act twice. The button stays enabled and heard;
// coming back to the page (bfcache) makes its forms usable again.
const sent = new WeakSet();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (sent.has(event.target)) event.preventDefault();
  else sent.add(event.target);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form").forEach((form) => sent.delete(form));
});
