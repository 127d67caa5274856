// Offers what a crashed page had not saved: 復元 saves it as the page would have, against the edit that it showed.

export function offer(place, form, rescue, isSaved) {
  rescue.eachLeft((copy) => {
    if (isSaved(copy.content.entries)) copy.drop();
    else show(place, form, copy);
  });
}

function show(place, form, copy) {
  const box = place.querySelector("template[data-rescue]").content.cloneNode(true).firstElementChild;
  const [saved, time] = [new Date(copy.at), box.querySelector("time")];
  time.dateTime = saved.toISOString();
  time.textContent = new Intl.DateTimeFormat("ja", { dateStyle: "long", timeStyle: "short" }).format(saved);
  box.querySelector("[data-restore]").addEventListener("click", () => restore(form, copy, box));
  box.querySelector("[data-discard]").addEventListener("click", () => {
    copy.drop();
    box.remove();
  });
  form.before(box);
}

async function restore(form, copy, box) {
  const action = form.getAttribute("action");
  const body = new URLSearchParams(copy.content.entries);
  body.set("edit_no", copy.content.edit_no);
  body.set("save_id", (copy.id ??= crypto.randomUUID()));
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(action, { method: "POST", body, headers: { Accept: "application/json" } });
    const isKept = answer.ok || (answer.status === 409 && (await answer.json()).set_aside);
    if (!isKept) throw new Error(answer.status);
    copy.drop();
    if (answer.ok) location.reload();
    else send(action, body); // somebody has saved since: the page with both texts
  } catch {
    box.querySelector("[data-failed]").hidden = false;
  }
}

function send(action, body) {
  const form = Object.assign(document.createElement("form"), { method: "post", action, hidden: true });
  for (const [name, value] of body) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(form);
  form.submit();
}
