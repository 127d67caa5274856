// A long list of boxes to tick comes when somebody asks for it: the page that the button would lead to holds it.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[name=go][value^='choose:']");
  if (!button || "missed" in button.dataset) return;
  event.preventDefault();
  try {
    const list = await listOf(button.value.slice("choose:".length));
    const standing = new Set([...button.closest("fieldset").querySelectorAll("input")].map((box) => box.value));
    for (const box of list.querySelectorAll("input")) {
      if (standing.has(box.value)) box.closest("label").remove();
    }
    button.parentElement.replaceWith(list);
    list.querySelector("input")?.focus();
  } catch {
    button.dataset.missed = ""; // then as without scripts: saved, and opened there
    button.click();
  }
});

async function listOf(path) {
  const address = new URL(location.href);
  address.searchParams.set("asked_for", path);
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return document.importNode(page.getElementById(`id_${path}`).querySelector("details[open]"), true);
}
