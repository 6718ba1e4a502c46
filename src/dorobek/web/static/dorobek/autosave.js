// Every form with data-autosave is saved as it is typed: first on the device, then on the server.
import { client, forget, keep, kept, sweep, waiting, wipe } from "./device.js";

const PAUSE = 800;
const LONGEST = 60_000;
const KEEPALIVE_LIMIT = 60_000;   // browsers refuse larger bodies when a page is being left
const account = document.body.dataset.account;
const device = client();

const isOurs = name => !name || name.startsWith("_") || name === "csrfmiddlewaretoken" || name === "base_version";

/** What is typed, as {name: [values]}; no passwords, files or fields of the machinery. */
function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (isOurs(field.name) || field.disabled || ["password", "file", "submit", "button", "fieldset"].includes(field.type)) continue;
    values[field.name] ??= [];
    if (["checkbox", "radio"].includes(field.type)) { if (field.checked) values[field.name].push(field.value); }
    else if (field.type === "select-multiple") values[field.name].push(...[...field.selectedOptions].map(o => o.value));
    else values[field.name].push(field.value);
  }
  return values;
}

function write(form, values) {
  for (const [name, items] of Object.entries(values)) {
    const fields = [...form.elements].filter(field => field.name === name);
    fields.forEach((field, i) => {
      if (["password", "file", "submit", "button"].includes(field.type)) return;
      if (["checkbox", "radio"].includes(field.type)) field.checked = items.includes(field.value);
      else if (field.type === "select-multiple") for (const o of field.options) o.selected = items.includes(o.value);
      else if (items[i] !== undefined) field.value = items[i];
    });
  }
}

function post(url, token, body, leaving = false) {
  const text = JSON.stringify(body);
  return fetch(url, {
    method: "POST", body: text, credentials: "same-origin",
    keepalive: leaving && new Blob([text]).size < KEEPALIVE_LIMIT,
    headers: { "Content-Type": "application/json", "X-CSRFToken": token, "X-Requested-With": "fetch" },
  });
}

class Autosave {
  constructor(form, line) {
    this.form = form;
    this.line = line;
    this.path = form.elements._form?.value || location.pathname;
    this.url = line.dataset.url;
    this.clean = JSON.stringify(read(form));
    this.last = this.clean;
    this.pause = 0;
    this.wait = 1000;
    this.nowhere = false;
    this.refused = false;
    this.sending = null;
    this.restore();
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("submit", event => this.submit(event));
    addEventListener("online", () => this.back());
    addEventListener("pagehide", () => this.leave());
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    addEventListener("beforeunload", event => { if (this.nowhere && !this.submitted) event.preventDefault(); });
  }

  get token() { return this.form.elements.csrfmiddlewaretoken?.value || ""; }
  get base() { return Number(this.form.elements.base_version?.value) || 0; }

  say(word, icon, tone = "", clock = "") {
    this.line.className = tone ? `saved saved--${tone}` : "saved";
    const text = `${this.line.dataset[word]}${clock ? ` ${clock}` : ""}`;
    if (this.line.textContent === text) return;
    const sprite = this.line.dataset.icons;
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "i");
    drawing.setAttribute("viewBox", "0 0 20 20");
    drawing.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${sprite}#${icon}`);
    drawing.append(use);
    this.line.replaceChildren(drawing, document.createTextNode(text));
  }

  /** A copy on the device that never reached the server is newer than what the server sent: show it, and say so. */
  restore() {
    const copy = kept(account, this.path);
    if (!copy) return;
    const { finished, draftMark, draftAt } = this.line.dataset;
    const arrived = [finished, draftMark].some(mark => {
      const [by, seq] = (mark || "").split(":");
      return by === device && copy.seq <= Number(seq);
    });
    const olderThanOthers = draftMark && !draftMark.startsWith(`${device}:`) && copy.at <= Date.parse(draftAt);
    const answered = this.form.querySelector("[data-focus]");   // just sent, came back with a question
    if (arrived || olderThanOthers || answered || JSON.stringify(copy.values) === this.clean) return forget(account, this.path);
    write(this.form, copy.values);
    if (copy.base && this.form.elements.base_version) this.form.elements.base_version.value = copy.base;
    this.say("wordRestored", "info");
    this.pause = setTimeout(() => this.save(), PAUSE);
  }

  typed() {
    this.refused = false;
    this.keepHere(false);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE);
  }

  /** The copy on the device, at once; when even that fails, closing the page warns. */
  keepHere(sent) {
    this.seq = Date.now();
    this.onDevice = keep(account, this.path, { values: read(this.form), base: this.base, seq: this.seq, sent });
    if (this.form.elements._sent) this.form.elements._sent.value = `${device}:${this.seq}`;
    this.nowhere = !this.onDevice && !sent;
  }

  message() {
    return { form: this.path, client: device, seq: this.seq || Date.now(), base_version: this.base, values: read(this.form) };
  }

  async save() {
    const body = this.message();
    const text = JSON.stringify(body.values);
    if (text === this.last || this.submitted || this.refused || !account) return;
    this.say("wordSaving", "half");
    try {
      this.sending = post(this.url, this.token, body);
      const answer = await this.sending;
      if (answer.status === 401 || answer.status === 403) return this.say("wordSignedOut", "offline", "off");
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return this.refuse();
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const { clock } = await answer.json();
      this.last = text;
      this.wait = 1000;
      if (JSON.stringify(read(this.form)) === text && !this.submitted) {
        this.nowhere = false;
        forget(account, this.path);
      }
      this.say("wordSaved", "ok", "", clock);
    } catch {
      this.say(this.onDevice ? "wordOff" : "wordNowhere", "offline", this.onDevice ? "off" : "clash");
      this.pause = setTimeout(() => this.save(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST);
    } finally { this.sending = null; }
  }

  refuse() {
    this.refused = true;
    this.say("wordRefused", "late", "clash");
  }

  /** The page is being left: one last message that outlives it. */
  leave() {
    const body = this.message();
    if (this.submitted || this.refused || !account || JSON.stringify(body.values) === this.last) return;
    this.keepHere(false);
    post(this.url, this.token, { ...body, seq: this.seq }, true).catch(() => {});   // the copy on the device remains
  }

  back() {
    if (this.held) this.say("wordBack", "ok");
    this.held = false;
    this.wait = 1000;
    this.save();
  }

  /** Offline: the form stays here. Online: one submit, not two. */
  submit(event) {
    if (event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      this.keepHere(false);
      this.held = true;
      return this.say("wordHeld", "offline", "off");
    }
    if (this.submitted) return event.preventDefault();
    this.submitted = true;
    clearTimeout(this.pause);
    this.keepHere(true);   // stays until the server says, on the next visit, that the form arrived
    addEventListener("pageshow", again => { if (again.persisted) this.submitted = false; }, { once: true });
  }
}

/** What earlier pages could not send goes now, one after the other. */
async function sendWaiting(token, url, here) {
  for (const [form, entry] of waiting(account)) {
    if (here.has(form)) continue;
    try {
      const answer = await post(url, token, { form, client: device, seq: entry.seq, base_version: entry.base || 0, values: entry.values });
      if (answer.ok) forget(account, form);
    } catch { return; }
  }
}

function start() {
  sweep();
  for (const form of document.querySelectorAll("form[data-signout]")) form.addEventListener("submit", wipe);
  for (const button of document.querySelectorAll("[data-discard]")) button.addEventListener("click", () => forget(account, location.pathname));
  const found = [];
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    const line = form.querySelector("[data-saved]");
    if (line) found.push(new Autosave(form, line));
  }
  if (!account || !found.length) return;
  const here = new Set(found.map(one => one.path));
  const send = () => sendWaiting(found[0].token, found[0].url, here);
  addEventListener("online", send);
  send();
}

start();
