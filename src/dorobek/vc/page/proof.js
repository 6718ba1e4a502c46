// The proof eddsa-jcs-2022 (Data Integrity EdDSA Cryptosuites 1.0, section 3.3), the issuer behind its key, the dates.

const SKEW = 60000;
const PASSED = "passed";
const FAILED = "failed";
const UNKNOWN = "unknown";

function check(name, outcome, code = "", path = "", detail = "") {
  return { name, outcome, code, path, detail };
}

function listed(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function idOf(value) {
  const id = isObject(value) ? value.id : value;
  return typeof id === "string" ? id : "";
}

function moment(text) {
  const shape = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,12})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
  const found = typeof text === "string" ? shape.exec(text) : null;
  const time = found ? Date.parse(text.replace(/(\.\d{3})\d+/, "$1")) : NaN;
  const day = found ? new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))) : null;
  // Some browsers take the 30th of February for the 1st of March.
  if (Number.isNaN(time) || day.getUTCDate() !== Number(found[3])) throw new Fault("time");
  return time;
}

function rawKey(multikey) {
  if (typeof multikey !== "string" || !multikey.startsWith("z")) throw new Fault("key");
  const raw = fromBase58(multikey.slice(1));
  if (raw.length !== 34 || raw[0] !== 0xed || raw[1] !== 0x01) throw new Fault("key");
  return raw.slice(2);
}

function methodKey(method) {
  if (method.publicKeyMultibase !== undefined) return rawKey(method.publicKeyMultibase);
  const jwk = method.publicKeyJwk;
  if (isObject(jwk) && jwk.kty === "OKP" && jwk.crv === "Ed25519") return fromBase64url(jwk.x);
  throw new Fault("key");
}

function absolute(name, base) {
  return typeof name === "string" && name.startsWith("#") ? base + name : name;
}

// Every key of a supplied DID document with its full name.
function methodsOf(document) {
  const inside = listed(document.assertionMethod).filter(isObject);
  return [...listed(document.verificationMethod).filter(isObject), ...inside].map((method) => ({
    ...method,
    id: absolute(method.id, document.id),
  }));
}

function allowedIn(document, name) {
  return listed(document.assertionMethod).some((one) => absolute(idOf(one), document.id) === name);
}

function keyNamed(method, documents) {
  const [base, fragment = ""] = method.split("#");
  if (base.startsWith("did:key:")) {
    const text = base.slice("did:key:".length);
    if (fragment && fragment !== text) throw new Fault("key-unknown");
    return rawKey(text);
  }
  if (fragment.startsWith("z6Mk")) return rawKey(fragment);
  const document = documents.find((one) => one.id === base);
  if (!document) throw new Fault("document-needed", "", base);
  const found = methodsOf(document).find((one) => one.id === method);
  if (!found) throw new Fault("key-unknown");
  return methodKey(found);
}

async function signedBytes(document, proof) {
  const { proofValue: _value, ...options } = proof;
  const { proof: _proof, ...body } = document;
  const bytes = new Uint8Array(64);
  bytes.set(await hashOf(options), 0);
  bytes.set(await hashOf(body), 32);
  return bytes;
}

function optionFault(document, proof, now) {
  if (proof.proofPurpose !== "assertionMethod") return ["proof-purpose", "proofPurpose"];
  if (proof["@context"] !== undefined && canonical(proof["@context"]) !== canonical(document["@context"])) {
    return ["context-changed", "@context"];
  }
  if (proof.previousProof !== undefined) return ["proof-chain", "previousProof"];
  try {
    if (proof.created !== undefined && moment(proof.created) > now + SKEW) return ["created-later", "created"];
    if (proof.expires !== undefined && moment(proof.expires) <= now) return ["proof-expired", "expires"];
  } catch {
    return ["time", "created"];
  }
  return null;
}

async function isSigned(raw, signature, bytes) {
  let key;
  try {
    key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    throw new Fault("old-browser");
  }
  return crypto.subtle.verify({ name: "Ed25519" }, key, signature, bytes);
}

const NOT_CHECKED = ["old-browser", "document-needed", "proof-chain"];

async function checkProof(document, proof, path, documents, now) {
  const suite = isObject(proof) ? proof.cryptosuite : undefined;
  if (suite !== "eddsa-jcs-2022" || proof.type !== "DataIntegrityProof") {
    return check("signature", UNKNOWN, "other-proof", path, String(suite ?? (isObject(proof) ? proof.type : "?")));
  }
  try {
    const wrong = optionFault(document, proof, now);
    if (wrong) throw new Fault(wrong[0], child(path, wrong[1]));
    if (typeof proof.verificationMethod !== "string") throw new Fault("key-unknown", child(path, "verificationMethod"));
    if (typeof proof.proofValue !== "string" || !proof.proofValue.startsWith("z")) {
      throw new Fault("encoding", child(path, "proofValue"));
    }
    const signature = fromBase58(proof.proofValue.slice(1));
    const raw = keyNamed(proof.verificationMethod, documents);
    if (signature.length !== 64 || raw.length !== 32) throw new Fault("encoding", child(path, "proofValue"));
    if (!(await isSigned(raw, signature, await signedBytes(document, proof)))) {
      throw new Fault("signature-wrong", child(path, "proofValue"));
    }
    return check("signature", PASSED, "signature-holds", path, suite);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const outcome = NOT_CHECKED.includes(error.code) ? UNKNOWN : FAILED;
    return check("signature", outcome, error.code, error.path || path, error.detail || suite);
  }
}

async function checkProofs(document, documents, now) {
  const proofs = listed(document.proof);
  if (!proofs.length) return [check("signature", FAILED, "no-proof", "proof")];
  if (proofs.length > 20) return [check("signature", UNKNOWN, "too-many", "proof")];
  const whole = Array.isArray(document.proof);
  const made = [];
  for (const [place, proof] of proofs.entries()) {
    made.push(await checkProof(document, proof, whole ? `proof[${place}]` : "proof", documents, now));
  }
  return made;
}

// Whether the issuer stands behind the key: his name is the key, or his own document lists it.
function checkIssuer(document, documents, now) {
  const issuer = idOf(document.issuer);
  if (!issuer) return check("issuer", FAILED, "issuer-missing", "issuer");
  const proof = listed(document.proof).find((one) => isObject(one) && one.cryptosuite === "eddsa-jcs-2022");
  const method = proof && typeof proof.verificationMethod === "string" ? proof.verificationMethod : "";
  if (issuer.startsWith("did:key:")) {
    const same = method.split("#")[0] === issuer;
    return check("issuer", same ? PASSED : FAILED, same ? "issuer-key" : "issuer-other-key", "issuer", issuer);
  }
  const described = documents.find((one) => one.id === issuer);
  if (!described) return check("issuer", UNKNOWN, "document-needed", "issuer", issuer);
  const found = methodsOf(described).find((one) => one.id === method);
  if (!found || !allowedIn(described, method) || (found.controller ?? issuer) !== issuer) {
    return check("issuer", FAILED, "issuer-other-key", "issuer", issuer);
  }
  try {
    const own = methodKey(found);
    const used = keyNamed(method, documents);
    if (canonical([...own]) !== canonical([...used])) throw new Fault("issuer-other-key");
    if (["expires", "revoked"].some((name) => found[name] !== undefined && moment(found[name]) <= now)) {
      throw new Fault("key-withdrawn");
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return check("issuer", FAILED, error.code, "issuer", issuer);
  }
  return check("issuer", PASSED, "issuer-lists-key", "issuer", issuer);
}

function checkTime(document, now) {
  try {
    for (const name of ["validFrom", "issuanceDate"]) {
      if (document[name] !== undefined && moment(document[name]) > now + SKEW) {
        return check("time", FAILED, "not-yet", name, document[name]);
      }
    }
    for (const name of ["validUntil", "expirationDate"]) {
      if (document[name] !== undefined && moment(document[name]) < now) {
        return check("time", FAILED, "expired", name, document[name]);
      }
    }
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return check("time", FAILED, "time", "validFrom");
  }
  return check("time", PASSED, "time-holds", "");
}
