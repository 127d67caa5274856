// The line that says what became of the text. Its words are templates of the page; what passes by is not read aloud.

const PASSING = ["changed", "sending"];

export function statusLine(place, line) {
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
