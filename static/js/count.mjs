// Says below a long text how many characters it has; warns past the advised length and never cuts. Characters are
// code points, as the server counts them. Rows that come later have their count from the first letter on.

const SHORT = 200;
// toLocaleString() looks the language up each time: more work than all else that a page begins with.
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

function countOf(area) {
  if (area.nextElementSibling?.matches(".pw-field__count")) return area.nextElementSibling;
  const count = document.createElement("p");
  count.className = "pw-field__count";
  area.after(count);
  return count;
}

function say(area) {
  const most = Number(area.dataset.max);
  if (!(most >= SHORT)) return;
  const length = [...area.value].length;
  const count = countOf(area);
  count.textContent = `${grouped(length)}／${grouped(most)}`;
  count.dataset.state = length > most ? "over" : "";
}

document.querySelectorAll("textarea[data-max]").forEach(say);
document.addEventListener("input", ({ target }) => {
  if (target.matches("textarea[data-max]")) say(target);
});
