// Who is signed in, and the box over the page in which the same person signs in again.

export class Session {
  #place;
  #open = null; // the answer that is awaited of an open box

  constructor(place) {
    this.#place = place;
    this.person = place.dataset.person;
    this.rescueKey = "";
  }

  // What the server says, null if it cannot be asked. A fresh token goes into every form of the page of this person.
  async ask(body) {
    try {
      const request = body ? { method: "POST", body } : {};
      const answer = await fetch(this.#place.dataset.session, { ...request, headers: { Accept: "application/json" } });
      const said = { ok: answer.ok, ...(await answer.json()) };
      if (!said.ok) return said;
      this.token = said.token;
      if (said.person === this.person) this.#take(said);
      return said;
    } catch {
      return null;
    }
  }

  // The token of another person's session would send this text in that person's name.
  #take({ token, rescue_key: key }) {
    this.rescueKey = key;
    for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token;
  }

  // "same" once the person of this page is signed in, "later" if the box was closed, "unreachable".
  async ensure() {
    const said = await this.ask();
    if (!said?.ok) return "unreachable";
    if (said.person === this.person) return "same";
    return this.#signIn(said.person ? "other" : "over");
  }

  // Somebody else sees nothing of the text.
  async lookWhoIsThere() {
    const said = await this.ask();
    if (said?.ok && said.person && said.person !== this.person) await this.#signIn("other");
  }

  #signIn(why) {
    return (this.#open ??= this.#box(why).finally(() => (this.#open = null)));
  }

  #box(why) {
    const box = this.#place.querySelector("template[data-box]").content.cloneNode(true).querySelector("dialog");
    for (const part of box.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== why;
    const page = document.querySelector(".pw-page");
    page.hidden = why === "other";
    document.body.append(box);
    box.showModal();
    return new Promise((resolve) => {
      const end = (verdict) => {
        page.hidden = false;
        box.remove();
        resolve(verdict);
      };
      box.addEventListener("cancel", (event) => {
        event.preventDefault();
        if (why !== "other") end("later");
      });
      box.querySelector("[data-later]").addEventListener("click", () => end("later"));
      box.querySelector("form").addEventListener("submit", async (event) => {
        event.preventDefault();
        if (await this.#try(event.target)) end("same");
      });
    });
  }

  async #try(form) {
    const body = new URLSearchParams(new FormData(form));
    body.set("csrfmiddlewaretoken", this.token);
    const said = await this.ask(body);
    if (said?.ok && said.person === this.person) return true;
    const [field, error] = [form.querySelector("[type=password]"), form.querySelector("[data-error]")];
    if (said?.state === "token") await this.ask(); // somebody signed in elsewhere meanwhile
    error.textContent = said?.message ?? error.dataset.unreachable;
    error.hidden = false;
    field.ariaInvalid = "true";
    field.value = "";
    field.focus();
    return false;
  }
}
