// A knowledge test: each answer is kept on the device at once and sent in the background; time is the server's.
import { client, forget, keep, kept, waiting } from "./device.js";

const PAUSE = 600;
const LONGEST = 30_000;
const account = document.body.dataset.account;
const device = client();
const form = document.querySelector("form[data-test]");

/** The fields of one question, as {name: [values]}. */
function read(section) {
  const fields = {};
  for (const field of section.querySelectorAll("input, select, textarea")) {
    if (!field.name.startsWith("q")) continue;
    fields[field.name] ??= [];
    if (!["checkbox", "radio"].includes(field.type) || field.checked) fields[field.name].push(field.value);
  }
  return fields;
}

/** The same as the server sent them: what was chosen before this script came is not saved yet. */
function sent(section) {
  const fields = {};
  for (const field of section.querySelectorAll("input, select, textarea")) {
    if (!field.name.startsWith("q")) continue;
    fields[field.name] ??= [];
    if (["checkbox", "radio"].includes(field.type)) {
      if (field.defaultChecked) fields[field.name].push(field.value);
    } else if (field.options) {
      const first = [...field.options].find(option => option.defaultSelected) ?? field.options[0];
      fields[field.name].push(first?.value ?? "");
    } else fields[field.name].push(field.defaultValue);
  }
  return fields;
}

function write(section, fields) {
  for (const field of section.querySelectorAll("input, select, textarea")) {
    const values = fields[field.name];
    if (!values) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
  }
}

const post = (body, leaving = false) => fetch(form.dataset.url, {
  method: "POST", body: JSON.stringify(body), credentials: "same-origin", keepalive: leaving,
  headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "X-Requested-With": "fetch" },
});

const nameOf = place => `test:${form.dataset.test}:${place}`;

class Question {
  constructor(section) {
    this.section = section;
    this.place = Number(section.dataset.question);
    this.seq = form.elements[`seq_${this.place}`];
    this.line = section.querySelector("[data-saved]");
    this.number = Number(this.seq.value) - 1;    // the last number used or known
    this.saved = JSON.stringify(sent(section));
    this.wait = 1000;
    this.restore();
    section.addEventListener("input", event => this.typed(["checkbox", "radio"].includes(event.target.type) ? 0 : PAUSE));
    section.addEventListener("change", () => this.typed(0));
    if (this.changed && !this.flying) this.typed(0);
  }

  get changed() { return JSON.stringify(read(this.section)) !== this.saved; }

  say(text, icon = "", tone = "") {
    this.line.className = tone ? `saved saved--${tone}` : "saved";
    if (this.line.textContent === text) return;
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("class", "i");
    drawing.setAttribute("viewBox", "0 0 20 20");
    drawing.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${form.dataset.icons}#${icon}`);
    drawing.append(use);
    this.line.replaceChildren(...(icon ? [drawing] : []), document.createTextNode(text));
  }

  /** What this device kept and the server never said yes to. */
  restore() {
    const copy = kept(account, nameOf(this.place));
    if (!copy) return;
    if (JSON.stringify(copy.fields) === this.saved) return forget(account, nameOf(this.place));
    if (form.querySelector("[data-focus]")) return forget(account, nameOf(this.place));   // it came back with a question
    write(this.section, copy.fields);
    this.number = Math.max(this.number, copy.number - 1);
    this.say(form.dataset.wordRestored, "info");
    this.send();
  }

  typed(pause) {
    this.here = keep(account, nameOf(this.place), { fields: read(this.section), number: this.number + 1 });
    clearTimeout(this.later);
    this.later = setTimeout(() => this.send(), pause);
  }

  async send(leaving = false) {
    clearTimeout(this.later);
    if (over || this.stopped || !this.changed) return;
    if (this.flying && !leaving) { this.again = true; return; }
    const fields = read(this.section);
    const text = JSON.stringify(fields);
    const number = ++this.number;
    keep(account, nameOf(this.place), { fields, number });
    this.say(form.dataset.wordSaving, "half");
    this.flying = true;
    try {
      const answer = await post({ place: this.place, number, device, fields }, leaving);
      if (answer.status === 401 || answer.status === 403) return this.say(form.dataset.wordSignedOut, "offline", "off");
      const said = await answer.json().catch(() => ({}));
      if (answer.status === 409) this.number = Math.max(this.number, said.number);
      if ([400, 409, 410, 422].includes(answer.status)) return this.refuse(answer.status, said.error, text);
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      if (said.left !== undefined) setClock(said.left);
      this.saved = text;
      this.wait = 1000;
      if (!this.changed) forget(account, nameOf(this.place));
      this.say(form.dataset.wordSaved, "ok");
    } catch {
      this.say(this.here === false ? form.dataset.wordNowhere : form.dataset.wordOff, "offline", "off");
      this.later = setTimeout(() => this.send(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST);
    } finally {
      this.flying = false;
      if (this.again) { this.again = false; this.send(); }
    }
  }

  /** The server said no, with words; what was typed stays on the screen. */
  refuse(status, words, text) {
    this.say(words || form.dataset.wordNowhere, "late", "clash");
    if (status !== 422) forget(account, nameOf(this.place));
    if (status === 410) this.stopped = true;
    else this.saved = text;
  }
}

let over = false;
let end = 0;
let told = Infinity;

/** The seconds that the server gave, counted by a clock that nobody can set. */
function setClock(seconds) { end = performance.now() + seconds * 1000; }

function tick(questions) {
  const left = Math.max(0, (end - performance.now()) / 1000);
  const minutes = Math.ceil(left / 60);
  const words = left <= 0 ? form.dataset.wordOver : left < 60 ? form.dataset.wordLast : `${form.dataset.wordMinutes} ${minutes}`;
  const clock = form.querySelector("[data-clock]");
  if (clock.textContent !== words) clock.textContent = words;
  for (const mark of [10, 5, 1]) {
    if (minutes <= mark && told > mark) { told = mark; form.querySelector("[data-clock-said]").textContent = words; break; }
  }
  if (left < 3) questions.forEach(one => one.send());
  if (left <= 0 && !over && navigator.onLine) {
    over = true;
    setTimeout(() => location.assign(form.dataset.home), 1500);
  }
}

let asleep = 0;

/** A phone put away: what is typed goes out. Taken up again: the page asks the server for the time that is left. */
function awake(questions) {
  if (document.hidden) { asleep = Date.now(); return questions.forEach(one => one.send(true)); }
  const long = Math.abs(Date.now() - asleep) > 20_000;
  if (asleep && long && navigator.onLine && !questions.some(one => one.changed || one.flying)) location.reload();
}

/** Answers of other pages of this test that could not be sent go now. */
async function sendOthers(here) {
  const start = `test:${form.dataset.test}:`;
  for (const [name, copy] of waiting(account)) {
    const place = Number(name.startsWith(start) ? name.slice(start.length) : NaN);
    if (!place || here.has(place)) continue;
    try {
      const answer = await post({ place, number: copy.number, device, fields: copy.fields });
      if (answer.ok || [400, 404, 409, 410, 422].includes(answer.status)) forget(account, name);
    } catch { return; }
  }
}

function start() {
  form.elements.device.value = device;
  setClock(Number(form.dataset.left));
  told = Math.ceil(Number(form.dataset.left) / 60) - 0.5;
  const questions = [...form.querySelectorAll("[data-question]")].map(one => new Question(one));
  const here = new Set(questions.map(one => one.place));
  setInterval(() => tick(questions), 1000);
  addEventListener("online", () => { questions.forEach(one => one.send()); sendOthers(here); });
  addEventListener("pagehide", () => { if (!form.dataset.going) questions.forEach(one => one.send(true)); });
  form.addEventListener("submit", event => {
    if (event.defaultPrevented) return;
    if (!navigator.onLine) {
      event.preventDefault();
      delete form.dataset.sent;
      return questions.forEach(one => { one.typed(PAUSE); one.say(form.dataset.wordHeld, "offline", "off"); });
    }
    form.dataset.going = "1";
    for (const one of questions) {
      one.seq.value = ++one.number;
      clearTimeout(one.later);
      forget(account, nameOf(one.place));
      if (one.changed) keep(account, nameOf(one.place), { fields: read(one.section), number: one.number });
    }
  });
  addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => awake(questions));
  sendOthers(here);
}

if (form && account) start();
