// Bitstring Status List 1.0, from a list that was supplied: its own signature, issuer and dates are checked first.

const LEAST_ENTRIES = 131072;
const MOST_BYTES = 8000000;

function typesOf(value) {
  return isObject(value) ? listed(value.type) : [];
}

async function checkStatuses(document, lists, documents, now) {
  const entries = listed(document.credentialStatus);
  if (!entries.length) return [check("status", PASSED, "status-none", "")];
  const whole = Array.isArray(document.credentialStatus);
  const made = [];
  for (const [place, entry] of entries.slice(0, 20).entries()) {
    const path = whole ? `credentialStatus[${place}]` : "credentialStatus";
    made.push(await checkStatus(document, entry, path, lists, documents, now));
  }
  if (entries.length > 20) made.push(check("status", UNKNOWN, "too-many", "credentialStatus"));
  return made;
}

async function checkStatus(document, entry, path, lists, documents, now) {
  if (!isObject(entry)) return check("status", FAILED, "status-entry", path);
  if (!typesOf(entry).includes("BitstringStatusListEntry")) {
    return check("status", UNKNOWN, "status-type", path, String(entry.type ?? "?"));
  }
  try {
    const purpose = entry.statusPurpose;
    if (typeof entry.statusListIndex !== "string" || !/^(0|[1-9]\d{0,9})$/.test(entry.statusListIndex)) {
      throw new Fault("status-entry", child(path, "statusListIndex"));
    }
    if (!["revocation", "suspension"].includes(purpose)) {
      return check("status", UNKNOWN, "status-purpose", child(path, "statusPurpose"), String(purpose));
    }
    if (entry.statusSize !== undefined && entry.statusSize !== 1) throw new Fault("status-entry", child(path, "statusSize"));
    const list = lists.find((one) => one.id === entry.statusListCredential);
    if (!list) return check("status", UNKNOWN, "list-needed", path, String(entry.statusListCredential));
    const subject = await trustedList(list, document, purpose, documents, now);
    if (await bitAt(subject, Number(entry.statusListIndex))) {
      return check("status", FAILED, purpose === "suspension" ? "suspended" : "revoked", path, list.id);
    }
    return check("status", PASSED, purpose === "suspension" ? "not-suspended" : "not-revoked", path, list.validFrom ?? "");
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const outcome = error.code === "status-entry" ? FAILED : UNKNOWN;
    return check("status", outcome, error.code, error.path || path, error.detail);
  }
}

async function trustedList(list, document, purpose, documents, now) {
  if (!typesOf(list).includes("BitstringStatusListCredential") || idOf(list.issuer) !== idOf(document.issuer)) {
    throw new Fault("list-other-issuer");
  }
  const checks = [...(await checkProofs(list, documents, now)), checkTime(list, now)];
  const own = checkIssuer(list, documents, now);
  const signed = checks.some((one) => one.name === "signature" && one.outcome === PASSED);
  // The issuer's document may be missing for both; then the answer about the issuer says so already.
  if (!signed || checks.some((one) => one.outcome === FAILED) || own.outcome === FAILED) throw new Fault("list-untrusted");
  const subject = list.credentialSubject;
  if (!typesOf(subject).includes("BitstringStatusList") || !listed(subject.statusPurpose).includes(purpose)) {
    throw new Fault("list-other-purpose");
  }
  return subject;
}

async function bitAt(subject, index) {
  const text = subject.encodedList;
  if (typeof text !== "string" || !text.startsWith("u")) throw new Fault("encoding");
  const bytes = await unpacked(fromBase64url(text.slice(1)), "gzip", MOST_BYTES);
  if (bytes.length * 8 < LEAST_ENTRIES || index >= bytes.length * 8) throw new Fault("list-short");
  return (bytes[index >> 3] >> (7 - (index & 7))) & 1;
}
