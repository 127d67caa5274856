// Says beside a long text how many characters it has; warns past the advised length and never cuts.

for (const area of document.querySelectorAll("textarea[data-max]")) {
  const most = Number(area.dataset.max);
  if (most < 200) continue;
  const count = document.createElement("p");
  count.className = "pw-field__count";
  const say = () => {
    const length = [...area.value].length;
    count.textContent = `${length.toLocaleString()}／${most.toLocaleString()}`;
    count.dataset.state = length > most ? "over" : "";
  };
  area.after(count);
  area.addEventListener("input", say);
  say();
}
