// Carries the text of a form to the server: one letter under way at a time, the same one again until it is answered.

const WAITS_S = [2, 5, 15, 30];
const PATIENCE_MS = 60000;
const NOT_TEXT = ["csrfmiddlewaretoken", "edit_no", "save_id", "save_kind"];

export const entriesOf = (form) => [...new FormData(form)].filter(([name]) => !NOT_TEXT.includes(name));
export const textOf = (form) => JSON.stringify(entriesOf(form));

export class Courier {
  #letter = null; // what was sent last and not taken
  #wanted = false;
  #kind = "auto";
  #hurry = () => {};
  isFlying = false;
  isHalted = false; // refused, or nobody signed in: only a press of a button sends again
  isInTrouble = false;

  // report(verdict, answer): "sending", then "saved", "refused", "trouble" or "later" (nobody signed in).
  constructor(form, session, report, isComposing) {
    Object.assign(this, { form, session, report, isComposing });
    this.saved = textOf(form);
  }

  get isUnsaved() {
    return this.#letter !== null || textOf(this.form) !== this.saved;
  }

  // Newer text waits for the answer.
  get isBehind() {
    return this.#wanted;
  }

  // Whether what was sent last is what stands.
  get isNewest() {
    return this.#letter?.text === textOf(this.form);
  }

  get isStuck() {
    return this.isHalted || this.isInTrouble;
  }

  // Sends what stands. Newer text waits for the answer to what is under way.
  async send(kind) {
    if (this.isHalted && kind === "auto") return;
    this.#wanted = true;
    this.#kind = kind;
    this.#hurry();
    if (this.isFlying) return;
    this.isFlying = true;
    while (this.#wanted && !this.isComposing()) {
      this.#wanted = false;
      if (!this.#letter && textOf(this.form) === this.saved) this.report("saved", null);
      else if (!(await this.#deliver())) this.#wanted &&= this.#kind === "manual";
    }
    this.isFlying = false;
  }

  #write() {
    const text = textOf(this.form);
    if (this.#letter?.text === text) return this.#letter;
    const { edit_no: number, save_id: id } = this.form.elements;
    id.value = crypto.randomUUID();
    const body = new URLSearchParams(new FormData(this.form));
    body.set("edit_no", number.value);
    return (this.#letter = { text, body });
  }

  async #deliver() {
    let letter = this.#write();
    for (let tries = 0, knocks = 0; ; ) {
      this.report("sending");
      const answer = await this.#post(letter);
      if (answer.status === 200) return this.#take(letter, answer);
      if (answer.status === 401 || answer.state === "token") {
        const found = await this.session.ensure();
        if (found === "same" && knocks++ < 2) continue;
        if (found === "later") return this.#halt("later", answer);
      } else if (answer.status >= 400 && answer.status < 500 && ![408, 413, 429].includes(answer.status)) {
        return this.#halt("refused", answer);
      }
      this.isInTrouble = true;
      this.report("trouble", answer);
      await this.#pause(Math.max(WAITS_S[Math.min(tries++, WAITS_S.length - 1)], answer.wait));
      knocks = 0;
      if (answer.status === 413 && !this.isComposing()) letter = this.#write(); // a shorter text may pass
    }
  }

  #take(letter, answer) {
    const { edit_no: number, save_id: id } = this.form.elements;
    number.value = answer.edit_no;
    id.value = crypto.randomUUID();
    this.#unmark(answer.touched, letter);
    this.#letter = null;
    this.isHalted = this.isInTrouble = false;
    const { edit_no, saved_at } = answer;
    this.form.dispatchEvent(new CustomEvent("planwizard:saved", { bubbles: true, detail: { edit_no, saved_at } }));
    this.report("saved", answer);
    return true;
  }

  // Examples that became the town's own lose their mark here as they did where they are stored.
  #unmark(touched, letter) {
    const isNewest = textOf(this.form) === letter.text;
    for (const path of this.isComposing() ? [] : (touched?.paths ?? [])) {
      const field = this.form.elements[path];
      if (field?.value.startsWith(touched.mark)) field.setRangeText("", 0, touched.mark.length, "preserve");
      field?.closest("[data-row]")?.querySelector("[data-example]")?.remove();
    }
    this.saved = isNewest ? textOf(this.form) : letter.text;
  }

  #halt(verdict, answer) {
    this.isHalted = true;
    this.isInTrouble = false;
    this.report(verdict, answer);
    return false;
  }

  #pause(seconds) {
    return new Promise((resolve) => {
      this.#hurry = resolve;
      addEventListener("online", resolve, { once: true });
      setTimeout(resolve, seconds * 1000);
    });
  }

  async #post({ body }) {
    body.set("save_kind", this.#kind);
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(this.form.getAttribute("action"), {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const wait = answer.status === 429 ? Number(answer.headers.get("Retry-After")) || 0 : 0;
      return { wait, ...(await answer.json()), status: answer.status };
    } catch {
      return { wait: 0, status: 0 }; // no answer, or not one of ours: a proxy's page
    }
  }
}
