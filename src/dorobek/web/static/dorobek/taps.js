// Time marks of an observation: a tap is written into the form's box at once, where autosave.js keeps it on the device
// like any text, and sent from there; it leaves the box only when the server says that it has it.
const form = document.querySelector("form[data-observation]");
const box = form?.querySelector("[data-taps]");
const TAB = "\t";
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60_000;
let wait = FIRST_WAIT;
let timer = 0;
let sending = false;

/** A UUID of version 7, as the server makes them: 48 bits of time, then random ones. */
function uid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let at = 5; at >= 0; at--) { bytes[at] = time % 256; time = Math.floor(time / 256); }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, one => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

const waiting = () => box.value.split("\n").filter(Boolean).map(line => {
  const [uid, criterion, at, ...words] = line.split(TAB);
  return { uid, criterion, at: Number(at), words: words.join(" ") };
}).filter(one => one.words);

/** Put the box as it should be, and let autosave.js know. */
function write(taps) {
  box.value = taps.map(one => [one.uid, one.criterion, one.at, one.words].join(TAB)).join("\n");
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

const clock = at => new Date(at).toLocaleTimeString("pl-PL", { hour: "2-digit", minute: "2-digit" });

function list(criterion) {
  return form.querySelector(`[data-criterion="${CSS.escape(criterion)}"] .seen`);
}

/** The line of a tap under its criterion: once, whether it waits or has arrived. */
function show(tap, state, time = "") {
  const place = list(tap.criterion);
  if (!place) return;
  let line = form.querySelector(`[data-mark="${CSS.escape(tap.uid)}"]`);
  if (line && !line.dataset.made) return;   // the server drew it already
  if (!line) {
    line = document.createElement("li");
    line.dataset.mark = tap.uid;
    line.dataset.made = "1";
    line.append(document.createElement("time"), " ", document.createElement("span"), " ", document.createElement("small"));
    place.append(line);
  }
  line.querySelector("time").textContent = time || clock(tap.at);
  line.querySelector("span").textContent = tap.words;
  line.querySelector("small").textContent = state;
  line.classList.toggle("is-waiting", state === form.dataset.wordWaiting);
}

function say(text = "") {
  const line = form.querySelector("[data-tap-state]");
  const count = waiting().length;
  line.textContent = text || (count ? `${form.dataset.wordSome} ${count}` : form.dataset.wordNone);
}

function tap(button) {
  const criterion = button.closest("[data-criterion]").dataset.criterion;
  const made = { uid: uid(), criterion, at: Date.now(), words: button.dataset.tap.replace(/\s+/g, " ") };
  write([...waiting(), made]);
  show(made, form.dataset.wordWaiting);
  say();
  send();
}

/** Everything in the box, as one message; what the server kept leaves the box. Sent again, it changes nothing there. */
async function send() {
  const taps = waiting();
  clearTimeout(timer);
  if (sending || !taps.length) return;
  sending = true;
  try {
    const answer = await fetch(form.dataset.observation, {
      method: "POST", credentials: "same-origin", body: JSON.stringify({ sent_at: Date.now(), taps }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    });
    if (answer.ok) arrived((await answer.json()).kept);
    else if (answer.status === 422) return say(`${form.dataset.wordRefused} ${(await answer.json()).error}`);
    else later();
  } catch { later(); }
  finally { sending = false; }
  if (waiting().length && wait === FIRST_WAIT) send();   // tapped while the message was on its way
}

function arrived(kept) {
  wait = FIRST_WAIT;
  const clocks = new Map(kept.map(one => [one.uid, one.clock]));
  const taps = waiting();
  taps.filter(one => clocks.has(one.uid)).forEach(one => show(one, form.dataset.wordSent, clocks.get(one.uid)));
  write(taps.filter(one => !clocks.has(one.uid)));
  say();
}

function later() {
  say();
  timer = setTimeout(send, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT);
}

if (form && box) {
  form.addEventListener("click", event => {
    const button = event.target.closest("[data-tap]");
    if (!button) return;
    event.preventDefault();
    tap(button);
  });
  addEventListener("online", () => { wait = FIRST_WAIT; send(); });
  addEventListener("pageshow", event => event.persisted && send());
  waiting().forEach(one => show(one, form.dataset.wordWaiting));   // kept on the device since an earlier page
  say();
  send();
}
