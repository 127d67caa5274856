// What is shown beside the form, its guidance, its preview or its checks, or on a narrow page in the form's place. The
// choice is remembered. Without this module the guidance stands beside or below the form.

const WIDE = matchMedia("(min-width: 75rem)");
const KEPT = "planwizard.side";
const tools = document.querySelector('[data-module="views"]');
const layout = tools.closest(".pw-layout");
const views = tools.querySelector(".pw-views");
const panels = [...layout.querySelectorAll("[data-panel]")];
let writingAt = 0; // how far down the form was before something else took its place

function remembered() {
  try {
    const side = localStorage.getItem(KEPT);
    return panels.some((panel) => panel.dataset.panel === side) ? side : "guide";
  } catch {
    return "guide"; // an office may forbid sites to keep anything
  }
}

function remember(side) {
  try {
    localStorage.setItem(KEPT, side);
  } catch {
    // the next page begins with the guidance
  }
}

function draw() {
  const { side, front } = layout.dataset;
  for (const panel of panels) panel.hidden = panel.dataset.panel !== side;
  for (const button of views.children) {
    const { view } = button.dataset;
    button.ariaPressed = String(view === "write" ? !front : view === side && (WIDE.matches || Boolean(front)));
  }
}

function show(view) {
  const wasInFront = "front" in layout.dataset;
  if (view === "write") {
    delete layout.dataset.front;
  } else {
    if (!wasInFront) writingAt = scrollY;
    layout.dataset.front = "side";
    layout.dataset.side = view;
    remember(view);
  }
  draw();
  const isInFront = "front" in layout.dataset;
  if (!WIDE.matches && isInFront !== wasInFront) {
    if (isInFront) layout.querySelector(".pw-layout__side").scrollIntoView({ behavior: "instant" });
    else scrollTo({ top: writingAt, behavior: "instant" });
  }
  layout.dispatchEvent(new CustomEvent("planwizard:view"));
}

views.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) show(button.dataset.view);
});
layout.addEventListener("planwizard:write", () => show("write"));
WIDE.addEventListener("change", () => show("write"));
layout.dataset.side = remembered();
views.hidden = false;
draw();

const jump = tools.querySelector(".pw-jump");
const fold = () => (jump.open = false);
jump?.addEventListener("click", (event) => event.target.closest("a") && fold());
jump?.addEventListener("focusout", (event) => event.relatedTarget && !jump.contains(event.relatedTarget) && fold());
jump?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  fold();
  jump.querySelector("summary").focus();
});
