// Says how many boxes of a form are ticked, also those that stand outside it.

const count = document.querySelector("[data-ticks]");
const form = document.getElementById(count.dataset.of);

function say() {
  const ticked = [...form.elements].filter((control) => control.name === "entry" && control.checked).length;
  count.textContent = count.dataset.ticks.replace("{}", ticked);
}

document.addEventListener("change", say);
addEventListener("pageshow", say); // a browser that goes back puts the ticks back
