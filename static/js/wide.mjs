// Shows the cards of a list as lines of one wide table, for those who know the columns. The browser remembers it by list.

const layout = document.querySelector(".pw-layout");
const key = (list) => `planwizard:wide:${list.dataset.path}`;

function show(list, button, isWide) {
  button.ariaPressed = String(isWide);
  if (isWide) list.dataset.view = "table";
  else delete list.dataset.view;
  const cards = list.querySelector("[data-rows]");
  layout.toggleAttribute("data-tables", layout.querySelector('[data-view="table"]') !== null);
  if (isWide) cards.tabIndex = 0;
  else cards.removeAttribute("tabindex");
  // A folded card has no line to show.
  for (const fold of cards.querySelectorAll(":scope > [data-row] > details")) {
    if (isWide) fold.dataset.wasOpen = fold.open;
    fold.open = isWide || fold.dataset.wasOpen === "true";
  }
}

for (const button of document.querySelectorAll("[data-wide-view]")) {
  const list = button.closest("[data-module=rows]");
  button.hidden = false;
  if (localStorage.getItem(key(list))) show(list, button, true);
  button.addEventListener("click", () => {
    const isWide = button.ariaPressed !== "true";
    show(list, button, isWide);
    if (isWide) localStorage.setItem(key(list), "1");
    else localStorage.removeItem(key(list));
  });
}
