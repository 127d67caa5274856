// What can wait until the form can be used: the form saves, its rows come and go, and what these add is not missed
// before the page is there. The guidance learns which field was entered last meanwhile.

let entered = null;
const note = ({ target }) => {
  if (target.form?.id === "writing") entered = target;
};
note({ target: document.activeElement });
document.addEventListener("focusin", note);

async function begin() {
  await Promise.all([
    import("./views.mjs"),
    import("./said.mjs"),
    import("./marks.mjs"),
    import("./wide.mjs"),
    import("./paint.mjs"),
    import("./count.mjs"),
    import("./paste.mjs"),
    import("./choose.mjs"),
    import("./guidance.mjs"),
    import("./hints.mjs"),
    import("./preview.mjs"),
    import("./preview-places.mjs"),
    import("./checks.mjs"),
  ]);
  document.removeEventListener("focusin", note);
  entered?.dispatchEvent(new FocusEvent("focusin", { bubbles: true }));
}

/** Kept as soon as all of it is at work. */
export const ready = new Promise((done) => {
  const again = () => addEventListener("online", start, { once: true });
  const start = () => begin().then(done, again);
  document.addEventListener("DOMContentLoaded", start);
});
