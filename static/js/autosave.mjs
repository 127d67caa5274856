// Saves by itself: 3 s after typing stops, at least every 15 s while typing, and on leaving a field. A button sends the
// text the same way first, so that nothing is lost on the way to an error page. Without it the buttons do the same.

import { Courier, entriesOf } from "./courier.mjs";
import { Rescue } from "./rescue.mjs";
import { Session } from "./session.mjs";

const PAUSE_MS = 3000;
const LONGEST_MS = 15000;
const PASSING = ["changed", "sending"]; // states that are not read aloud

const place = document.querySelector('[data-module="autosave"]');
const form = document.getElementById("writing");
const say = statusLine(place, form.querySelector(".pw-actions__status"));
const session = new Session(place);
const rescue = new Rescue(session, place.dataset.part);
const courier = new Courier(form, session, report, () => isComposing);

let isComposing = false; // an input method is at work: nothing is read from its field, nothing sent
let timer, since; // since when something is unsent
let goOn = null; // what a pressed button or link does once all is saved
let isLeaving = false;

function changed() {
  since ??= Date.now();
  if (!courier.isFlying && !courier.isHalted) say("changed");
  clearTimeout(timer);
  timer = setTimeout(due, Math.min(PAUSE_MS, since + LONGEST_MS - Date.now()));
  if (!isComposing) rescue.keep(unsaved);
}

function due() {
  if (isComposing || since === undefined) return;
  clearTimeout(timer);
  since = undefined;
  courier.send("auto");
}

function unsaved() {
  if (isComposing || !courier.isUnsaved) return null;
  return { edit_no: form.elements.edit_no.value, entries: entriesOf(form) };
}

function report(verdict, answer) {
  const isNewer = verdict === "saved" && (since !== undefined || courier.isBehind);
  say(verdict === "saved" && !answer ? "settled" : wordsFor(verdict, answer), answer);
  if (isNewer) say("changed");
  if (verdict === "saved" && !isNewer) rescue.drop();
  if (answer?.set_aside) rescue.drop();
  if (verdict !== "sending") proceed(verdict, isNewer || (verdict === "refused" && !courier.isNewest));
}

function wordsFor(verdict, answer) {
  if (verdict === "trouble") return answer.status ? "trouble" : "unreachable";
  if (verdict !== "refused") return verdict;
  if (answer.state === "conflict") return "conflict";
  return [422, 428].includes(answer.status) ? "stale" : "refused";
}

// In trouble, or with nobody signed in, the page stays as it is and says why.
function proceed(verdict, isNewer) {
  if (!goOn) return;
  if (isNewer) return first(goOn);
  const go = goOn;
  goOn = null;
  if (verdict === "saved" || verdict === "refused") go();
}

function first(go) {
  goOn = go;
  since = undefined;
  clearTimeout(timer);
  courier.send("manual");
}

form.addEventListener("submit", (event) => {
  if (isLeaving || !courier.isUnsaved) return void (isLeaving = true);
  event.preventDefault();
  first(() => {
    isLeaving = true;
    form.requestSubmit(event.submitter?.form === form ? event.submitter : null); // the line's own buttons come and go
  });
});
form.addEventListener("click", (event) => {
  if (event.target.closest("[data-sign-in]")) courier.send("manual");
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button);
  if (!link || !isPlain || link.target || link.origin !== location.origin) return;
  const isHere = link.hash && link.pathname === location.pathname && link.search === location.search;
  if (event.defaultPrevented || isHere || courier.isStuck || !courier.isUnsaved) return;
  event.preventDefault();
  first(() => location.assign(link.href));
});

form.addEventListener("focusin", () => rescue.prepare(), { once: true });
form.addEventListener("input", changed);
form.addEventListener("planwizard:changed", changed);
form.addEventListener("compositionstart", () => (isComposing = true));
form.addEventListener("compositionend", () => {
  isComposing = false;
  changed();
});
form.addEventListener("focusout", (event) => {
  isComposing = false;
  if (event.relatedTarget?.type !== "submit") due();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) due();
  else session.lookWhoIsThere().then(due);
});
addEventListener("beforeunload", (event) => {
  if (isLeaving || !courier.isUnsaved) return;
  event.preventDefault();
  event.returnValue = true; // for browsers before 2023
});
addEventListener("pageshow", (event) => {
  if (event.persisted) isLeaving = false;
});

// The browser may bring typed text back by itself, after going back to this page.
if ([...form.elements].some(isRestored)) {
  courier.saved = "";
  changed();
}

// What a crash left can wait until the page is there; where the server does not answer, it stays for the next page.
const isSaved = (entries) => JSON.stringify(entries) === courier.saved;
const offer = ({ offer }) => offer(place, form, rescue, isSaved);
addEventListener("load", () => import("./rescue-offer.mjs").then(offer, () => {}));

function isRestored({ type, value, defaultValue, checked, defaultChecked }) {
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked;
  return ["text", "textarea"].includes(type) && value !== defaultValue;
}

// The line that says what became of the text. Its words are templates of the page.
function statusLine(place, line) {
  let settled = [...line.cloneNode(true).childNodes];
  return (name, facts = {}) => {
    if (name === "changed" && line.dataset.state === name) return;
    line.ariaBusy = String(PASSING.includes(name));
    line.dataset.state = name;
    if (name === "settled") return line.replaceChildren(...settled.map((node) => node.cloneNode(true)));
    const said = place.querySelector(`template[data-says="${name}"]`).content.cloneNode(true);
    for (const slot of said.querySelectorAll("[data-slot]")) slot.textContent = facts[slot.dataset.slot] ?? "";
    line.replaceChildren(said);
    if (name === "saved") settled = [...line.cloneNode(true).childNodes];
  };
}
