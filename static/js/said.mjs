// Says back beside a field what was read of it (令和9年度（2027年度）), and what is worked out of several. The server
// knows how; without this module it says so after each save.

const address = document.querySelector("[data-part]")?.dataset.part;
const form = document.getElementById("writing");

async function ask(pairs) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [name, value] of pairs) body.append(name, value);
  try {
    const answer = await fetch(`${address}said/`, { method: "POST", body, headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function say(control, words) {
  const beside = control.closest(".pw-measured") ?? control;
  let place = beside.nextElementSibling;
  if (!place?.matches(".pw-said")) {
    place = document.createElement("span");
    place.className = "pw-said";
    beside.after(place);
  }
  place.role = "status"; // only where somebody types: a page of live regions would be too many
  place.textContent = words;
}

async function sayBack(control) {
  const key = control.closest("[data-row]")?.querySelector("input[type=hidden]:not([name=offered])");
  const typed = control.value;
  const answer = await ask([...(key ? [[key.name, key.value]] : []), [control.name, typed]]);
  if (answer && control.value === typed) say(control, answer.said[control.name] ?? "");
}

const topOf = (name) => name.split(".")[0];

// Only what was answered is sent, and only of the fields that it is worked out of.
async function workOut(place) {
  const names = place.dataset.from.split(" ");
  const pairs = [...new FormData(form)].filter(([name, value]) => value && names.includes(topOf(name)));
  const answer = await ask(pairs.length ? pairs : names.map((name) => [name, ""]));
  if (answer) place.textContent = answer.computed[place.dataset.computed];
}

function workOutFrom(name) {
  for (const place of document.querySelectorAll("[data-computed]")) {
    if (place.dataset.from.split(" ").includes(topOf(name))) workOut(place);
  }
}

function hear(control) {
  if (control.matches("[data-said]")) sayBack(control);
  if (control.name) workOutFrom(control.name);
}

const isTyped = ({ value, defaultValue }) => defaultValue !== undefined && value !== defaultValue;

form?.addEventListener("change", ({ target }) => hear(target));
form?.addEventListener("planwizard:changed", ({ target }) => {
  if (target.dataset.path) workOutFrom(target.dataset.path);
});
[...(form?.elements ?? [])].filter(isTyped).forEach(hear); // before this module came
