// Text kept on this device: bound to an account, gone after 7 days, wiped at sign-out.
const PREFIX = "dorobek-draft:";
const WEEK = 7 * 24 * 3600 * 1000;

const store = () => {
  try { return window.localStorage; } catch { return null; }   // blocked by the browser: nothing is kept here
};

const keyOf = (account, form) => `${PREFIX}${account}:${form}`;

/** A name of this browser, so that the server can tell two devices of one person apart. */
export function client() {
  const kept = store()?.getItem("dorobek-client");
  if (kept) return kept;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
  try { store()?.setItem("dorobek-client", made); } catch { /* full: the name lives as long as the page */ }
  return made;
}

/** Put a copy on the device; false when there is no room or no permission. */
export function keep(account, form, entry) {
  const place = store();
  if (!place || !account) return false;
  try {
    place.setItem(keyOf(account, form), JSON.stringify({ ...entry, at: Date.now() }));
    return true;
  } catch { return false; }
}

/** The copy of this account's form, or null. */
export function kept(account, form) {
  const text = account && store()?.getItem(keyOf(account, form));
  if (!text) return null;
  try { return JSON.parse(text); } catch { return null; }
}

export function forget(account, form) { store()?.removeItem(keyOf(account, form)); }

function each(visit) {
  const place = store();
  if (!place) return;
  const keys = Array.from({ length: place.length }, (_, i) => place.key(i));
  keys.filter(key => key?.startsWith(PREFIX)).forEach(key => visit(place, key));
}

/** At sign-out: nothing of anybody stays. */
export function wipe() { each((place, key) => place.removeItem(key)); }

/** Copies older than a week go; so does what cannot be read. */
export function sweep() {
  each((place, key) => {
    let at = 0;
    try { at = JSON.parse(place.getItem(key)).at || 0; } catch { at = 0; }
    if (Date.now() - at > WEEK) place.removeItem(key);
  });
}

/** The account's copies that the server has not got: [form, entry]. */
export function waiting(account) {
  const found = [];
  const start = keyOf(account, "");
  if (account) each((place, key) => {
    const entry = key.startsWith(start) && kept(account, key.slice(start.length));
    if (entry && !entry.sent) found.push([key.slice(start.length), entry]);
  });
  return found;
}
