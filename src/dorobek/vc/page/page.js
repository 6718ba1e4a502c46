// The page: what was given goes in, answers come out as text, never as markup.

const at = (id) => document.getElementById(id);
let language = (navigator.language || "pl").toLowerCase().startsWith("pl") ? "pl" : "en";
let answer = null;

function say(key, detail = "") {
  return (TEXTS[language][key] ?? key).replace("{detail}", detail).replace("{when}", detail);
}

function element(name, text = "", className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function plain(value) {
  if (typeof value === "string") return value.slice(0, 2000);
  if (Array.isArray(value)) return value.map(plain).find(Boolean) ?? "";
  return isObject(value) ? plain(value["@value"] ?? "") : "";
}

// A time as this device writes dates; any other text as it is.
function date(text) {
  try {
    return new Date(moment(text)).toLocaleDateString(language, { dateStyle: "long" });
  } catch {
    return text;
  }
}

function spoken(document) {
  const subject = listed(document.credentialSubject)[0];
  const about = isObject(subject) && isObject(subject.achievement) ? subject.achievement : {};
  const named = isObject(subject) ? listed(subject.identifier).filter(isObject) : [];
  const holder = named.find((one) => one.hashed !== true && one.identityType === "name");
  const able = listed(about.alignment).filter(isObject).map((one) => plain(one.targetName));
  return [
    ["says-title", plain(about.name) || plain(document.name)],
    ["says-issuer", (isObject(document.issuer) && plain(document.issuer.name)) || idOf(document.issuer)],
    ["says-holder", (holder && plain(holder.identityHash)) || idOf(subject)],
    ["says-able", able.filter(Boolean).join("; ")],
    ["says-criteria", isObject(about.criteria) ? plain(about.criteria.narrative) : ""],
    ["says-from", date(plain(document.validFrom ?? document.issuanceDate))],
    ["says-until", date(plain(document.validUntil ?? document.expirationDate))],
  ].filter(([, text]) => text);
}

// Several documents pasted one below the other: each begins where the one before it ends.
function separate(text) {
  const found = [];
  const reader = new Reader(text.trim());
  while (reader.at < reader.text.length) {
    found.push(reader.value("", 0));
    reader.space();
  }
  return found;
}

async function supplied() {
  const found = [];
  for (const file of at("more-file").files) {
    try {
      found.push(parseStrict(await textOf(file)));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      throw new Fault("more-broken", "", file.name);
    }
  }
  try {
    found.push(...separate(at("more-text").value));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new Fault("more-broken", error.path, error.detail);
  }
  return found.filter((one) => isObject(one) && typeof one.id === "string");
}

async function verified(text, extra, now) {
  if (!text.trim()) throw new Fault("nothing");
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text.trim())) throw new Fault("token");
  const credential = parseStrict(text);
  if (!isObject(credential)) throw new Fault("not-object");
  const lists = extra.filter((one) => typesOf(one).includes("BitstringStatusListCredential"));
  const documents = extra.filter((one) => !lists.includes(one));
  const checks = [
    check("form", PASSED, "read-holds"),
    ...(await checkProofs(credential, documents, now)),
    checkIssuer(credential, documents, now),
    checkTime(credential, now),
    ...(await checkStatuses(credential, lists, documents, now)),
  ];
  return { credential, checks };
}

// Valid only when nothing failed, one signature was checked, and nothing but another kind of signature was left open.
function decided(checks) {
  if (checks.some((one) => one.outcome === FAILED)) return "invalid";
  const signed = checks.some((one) => one.name === "signature" && one.outcome === PASSED);
  const open = checks.some((one) => one.outcome === UNKNOWN && one.code !== "other-proof");
  return signed && !open ? "valid" : "undecided";
}

function showCheck(one) {
  const row = element("li", "", `check ${one.outcome}`);
  const head = element("p", "", "head");
  head.append(element("b", say(`name-${one.name}`)), element("span", say(one.outcome), "mark"));
  row.append(head, element("p", say(one.code, date(one.detail))));
  if (one.path && one.outcome !== PASSED) row.append(element("p", `${say("field")}: ${one.path}`, "path"));
  return row;
}

function show() {
  const place = at("result");
  place.hidden = !answer;
  if (!answer) return;
  const { checks, credential, fault, when } = answer;
  const verdict = fault ? (fault.code === "token" ? "undecided" : "invalid") : decided(checks);
  const asked = fault && fault.code === "nothing";
  at("verdict").className = asked ? "verdict undecided" : `verdict ${verdict}`;
  const failed = fault || verdict !== "invalid" ? [] : checks.filter((one) => one.outcome === FAILED);
  const reasons = [...new Set(failed.map((one) => say(one.code, date(one.detail))))];
  at("verdict").textContent = asked ? say("nothing") : [say(verdict), ...reasons].join(" ");
  const rows = fault ? [check("form", fault.code === "token" ? UNKNOWN : FAILED, fault.code, fault.path, fault.detail)] : checks;
  const rest = check("rest", UNKNOWN, "rest");
  at("checks").replaceChildren(...(asked ? [] : fault ? rows : [...rows, rest]).map(showCheck));
  at("checks-head").hidden = asked;
  at("says-part").hidden = Boolean(fault);
  at("not-confirmed").hidden = !fault && checks.some((one) => one.name === "signature" && one.outcome === PASSED);
  at("says").replaceChildren(
    ...(fault ? [] : spoken(credential)).flatMap(([name, text]) => [element("dt", say(name)), element("dd", text)]),
  );
  at("when").textContent = asked ? "" : say("now", when.toLocaleString(language));
}

async function run() {
  const when = new Date();
  try {
    const chosen = at("file").files[0];
    const text = at("paste").value.trim() || !chosen ? at("paste").value : await textOf(chosen);
    answer = { ...(await verified(text, await supplied(), when.getTime())), when };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    answer = { fault: error, when };
  }
  show();
  at("verdict").focus();
}

function speak() {
  document.documentElement.lang = language;
  document.title = say("title");
  for (const one of document.querySelectorAll("[data-text]")) one.textContent = say(one.dataset.text);
  for (const one of document.querySelectorAll("[data-language]")) {
    one.setAttribute("aria-pressed", String(one.dataset.language === language));
  }
  show();
}

async function taken(file) {
  if (!file) return;
  try {
    at("paste").value = await textOf(file);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    at("paste").value = "";
    answer = { fault: error, when: new Date() };
    show();
  }
}

for (const one of document.querySelectorAll("[data-language]")) {
  one.addEventListener("click", () => {
    language = one.dataset.language;
    speak();
  });
}
at("form").addEventListener("submit", (event) => {
  event.preventDefault();
  void run();
});
at("file").addEventListener("change", () => void taken(at("file").files[0]));
document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", (event) => {
  event.preventDefault();
  void taken(event.dataTransfer.files[0]);
});
speak();
