// The mark of a field that hangs on another answer says at once whether the field is asked for now.

const form = document.getElementById("writing");

function caseOf(said, asks) {
  if (!said) return "open";
  return asks.split(" ").includes(said) ? "asked" : "free";
}

function follow(mark) {
  const { hangsOn, asks, asked } = mark.dataset;
  const answer = form.elements[hangsOn];
  if (!answer) return; // it is given elsewhere
  mark.textContent = mark.dataset[caseOf(answer.value.trim(), asks)];
  if (mark.textContent === asked) mark.dataset.level = "required";
  else delete mark.dataset.level;
}

const followAll = (which) => form.querySelectorAll(which).forEach(follow);

form.addEventListener("input", ({ target }) => {
  if (target.name) followAll(`[data-hangs-on="${CSS.escape(target.name)}"]`);
});
form.addEventListener("planwizard:changed", () => followAll("[data-hangs-on]"));
followAll("[data-hangs-on]"); // the browser may have brought answers back
