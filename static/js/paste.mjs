// Takes a block copied from Excel into a list of rows: by its button, or pasted into a cell. The server's page that
// says what goes where is shown over the form; the rows it draws go into the list. Nothing is saved here.

const CONTROL = "input:not([type=hidden]), textarea, select";

const listOf = (node) => node.closest("[data-module=rows]");
const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

async function ask(url, body) {
  try {
    const answer = await fetch(url, body ? { method: "POST", body } : {});
    return answer.ok || answer.status === 422 ? parsed(await answer.text()) : null;
  } catch {
    return null;
  }
}

// What the page without scripts does: it saves the form and goes to the page of its own.
function goThere(list) {
  const button = list.querySelector("button[value^='paste:']");
  button.form.requestSubmit(button);
}

function show(dialog, page) {
  const title = document.adoptNode(page.querySelector("h1"));
  title.id = "id_paste_title";
  dialog.replaceChildren(title, document.adoptNode(page.querySelector("#pasting")));
  (dialog.querySelector("[data-places]") ?? dialog.querySelector("textarea")).focus();
}

function fill(control, from) {
  if (control.matches("[type=checkbox], [type=radio]")) control.checked ||= from.checked;
  else if (from.value) {
    if (control.matches("select") && ![...control.options].some((option) => option.value === from.value)) {
      control.append(from.selectedOptions[0].cloneNode(true));
    }
    control.value = from.value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// What a control is called within its row, and which of several boxes under that name it is.
const within = (control, row) => `${control.name.slice(row.id.length - 2)}${control.type === "checkbox" ? `=${control.value}` : ""}`;

function overwrite(row, drawn) {
  const there = new Map([...row.querySelectorAll(CONTROL)].map((control) => [within(control, row), control]));
  for (const from of drawn.querySelectorAll(CONTROL)) {
    const control = there.get(within(from, drawn));
    if (control) fill(control, from);
  }
}

const isEmpty = (row) =>
  row.querySelector("input[name=offered]") &&
  [...row.querySelectorAll(CONTROL)].every((control) => (control.matches("select") ? !control.value : control.value === control.defaultValue));

function take(list, page, start) {
  const rows = list.querySelector("[data-rows]");
  const last = rows.lastElementChild;
  if (!start && last && isEmpty(last)) last.remove();
  const drawn = [...page.querySelector("[data-rows]").children];
  const standing = start ? [...rows.children].slice(start - 1) : [];
  const taken = drawn.map((row, at) => {
    if (standing[at]) overwrite(standing[at], row);
    else rows.append(document.adoptNode(row));
    return standing[at] ?? row;
  });
  list.querySelector(":scope > [data-empty]")?.remove();
  list.dispatchEvent(new CustomEvent("planwizard:changed", { bubbles: true }));
  const tools = list.querySelector(":scope > [data-tools]");
  tools.querySelector("[data-news]").textContent = tools.dataset.taken.replace("{}", taken.length);
  taken[0].querySelector(`summary, ${CONTROL}`)?.focus();
}

async function open(list, text = "", control = null) {
  const page = await ask(`${document.querySelector("[data-part]").dataset.part}rows/${list.dataset.path}/paste/${location.search}`);
  if (!page?.querySelector("#pasting")) return goThere(list);
  const dialog = document.createElement("dialog");
  dialog.className = "pw-paste";
  dialog.setAttribute("aria-labelledby", "id_paste_title");
  document.body.append(dialog);
  show(dialog, page);
  dialog.showModal();
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-close]")) return;
    event.preventDefault();
    dialog.close();
  });
  dialog.addEventListener("submit", (event) => {
    event.preventDefault();
    send(list, dialog, event.target, event.submitter?.value === "take");
  });
  if (!text) return;
  const form = dialog.querySelector("form");
  const row = control.closest("[data-row]");
  form.elements.text.value = text;
  form.elements.start.value = within(control, row);
  form.elements.row.value = [...row.parentElement.children].indexOf(row) + 1;
  send(list, dialog, form, false);
}

async function send(list, dialog, form, isTaken) {
  const body = new FormData(form);
  body.set("go", isTaken ? "rows" : "look");
  const page = await ask(form.action, body);
  if (!page) return form.querySelector("[data-failed]").removeAttribute("hidden");
  if (!isTaken || !page.querySelector("[data-rows]")) return show(dialog, page);
  dialog.close();
  take(list, page, Number(form.elements.row.value));
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[value^='paste:']");
  if (!button) return;
  event.preventDefault();
  open(listOf(button));
});

// A single cell is pasted as ever; so is text of several lines into a place for such text.
document.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const control = event.target;
  if (!control.matches?.("[data-row] :is(input, textarea)") || !/\S[\t]|[\t]\S|\n\s*\S/.test(text)) return;
  if (control.matches("textarea") && !text.includes("\t")) return;
  event.preventDefault();
  open(listOf(control), text, control);
});
