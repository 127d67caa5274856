// An encrypted copy of unsaved text in this browser, for the day it crashes: one for each page that is open.
// The key comes from the server, for the person who is signed in; the copy goes when the text is saved, or after 7 days.

const PREFIX = "planwizard-rescue";
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const PAUSE_MS = 1000;
const ALGORITHM = "AES-GCM";

const toText = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 2 ** 15) text += String.fromCharCode(...bytes.subarray(at, at + 2 ** 15));
  return btoa(text);
};
const toBytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

export class Rescue {
  #session;
  #mine;
  #key = null;
  #timer = 0;
  #last = Promise.resolve(); // one after the other: a copy that is late must not come back after it was dropped

  constructor(session, part) {
    this.#session = session;
    this.#mine = `${PREFIX} ${session.person} ${part} `;
    this.slot = this.#mine + crypto.randomUUID();
    navigator.locks?.request(this.slot, () => new Promise(() => {})); // says: this page lives
  }

  // The key is fetched while the server can still be reached.
  prepare() {
    this.#then(() => this.#keyOf());
  }

  // Soon, and then the newest text. `read` gives what is to be kept, null for nothing.
  keep(read) {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#then(() => this.#write(read()));
    }, PAUSE_MS);
  }

  drop() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#then(() => localStorage.removeItem(this.slot));
  }

  // Gives what pages left that live no more, now or as soon as one dies: {at, content, drop}.
  eachLeft(give) {
    for (const name of names()) if (ageOf(name) > KEPT_MS) localStorage.removeItem(name);
    if (!navigator.locks) return;
    for (const name of names().filter((found) => found.startsWith(this.#mine))) {
      navigator.locks.request(name, async () => {
        const copy = await this.#read(name);
        if (copy) give(copy);
      });
    }
  }

  #then(act) {
    this.#last = this.#last.then(act).catch(() => {}); // no room or no key: saving itself goes on
  }

  async #write(content) {
    const key = await this.#keyOf();
    if (!content || !key) return;
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify(content));
    const data = new Uint8Array(await crypto.subtle.encrypt({ name: ALGORITHM, iv }, key, plain));
    localStorage.setItem(this.slot, JSON.stringify({ at: Date.now(), iv: toText(iv), data: toText(data) }));
  }

  async #read(name) {
    try {
      const { at, iv, data } = JSON.parse(localStorage.getItem(name));
      const key = await this.#keyOf();
      const plain = await crypto.subtle.decrypt({ name: ALGORITHM, iv: toBytes(iv) }, key, toBytes(data));
      const content = JSON.parse(new TextDecoder().decode(plain));
      return { at, content, drop: () => localStorage.removeItem(name) };
    } catch {
      return null;
    }
  }

  async #keyOf() {
    if (!this.#session.rescueKey) await this.#session.ask();
    if (!this.#session.rescueKey || !crypto.subtle) return null;
    const bytes = toBytes(this.#session.rescueKey);
    return (this.#key ??= await crypto.subtle.importKey("raw", bytes, ALGORITHM, false, ["encrypt", "decrypt"]));
  }
}

const names = () => Object.keys(localStorage).filter((name) => name.startsWith(`${PREFIX} `));

function ageOf(name) {
  try {
    return Date.now() - JSON.parse(localStorage.getItem(name)).at;
  } catch {
    return Infinity;
  }
}
