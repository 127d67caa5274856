// What every page does: take the reader to the list of errors or the field of a link, show the open step, and send
// no form twice.

const summary = document.querySelector('[data-module="error-summary"]');
if (summary) summary.focus();

// A field may lie in a card that is folded.
function reveal() {
  const field = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let fold = field?.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) {
    fold.open = true;
    field.scrollIntoView();
  }
}
addEventListener("hashchange", reveal);
reveal();

// The list of steps scrolls by itself beside the page.
const steps = document.querySelector(".pw-layout__nav");
const here = steps?.querySelector("[aria-current]");
if (here) steps.scrollTop += here.getBoundingClientRect().top - steps.getBoundingClientRect().top - steps.clientHeight / 2;

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
