// Credentials out of pictures: PNG (iTXt) and SVG (Open Badges 3.0, section 5.3).

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BADGES = "https://purl.imsglobal.org/ob/v3p0";

async function textOf(file) {
  if (file.size > 8000000) throw new Fault("too-long");
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (PNG.every((byte, place) => bytes[place] === byte)) return fromPng(bytes);
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Fault("not-text");
  }
  return /^\s*</.test(text) ? fromSvg(text) : text;
}

async function fromPng(bytes) {
  const view = new DataView(bytes.buffer);
  const found = [];
  for (let place = 8; place + 12 <= bytes.length; ) {
    const size = view.getUint32(place);
    const kind = String.fromCharCode(...bytes.slice(place + 4, place + 8));
    if (size > bytes.length - place - 12) throw new Fault("picture-broken");
    if (kind === "iTXt") found.push(await fromChunk(bytes.slice(place + 8, place + 8 + size)));
    if (kind === "IEND") break;
    place += 12 + size;
  }
  return only(found.filter((text) => text !== null));
}

async function fromChunk(data) {
  const end = data.indexOf(0);
  const word = new TextDecoder("latin1").decode(data.slice(0, end));
  if (word !== "openbadgecredential") return null;
  const language = data.indexOf(0, end + 3);
  const translated = data.indexOf(0, language + 1);
  if (language < 0 || translated < 0) throw new Fault("picture-broken");
  const held = data.slice(translated + 1);
  const bytes = data[end + 1] === 1 ? await unpacked(held, "deflate", LIMITS.characters) : held;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Fault("not-text");
  }
}

function fromSvg(text) {
  if (/<!ENTITY/i.test(text)) throw new Fault("picture-broken");
  const read = new DOMParser().parseFromString(text, "image/svg+xml");
  if (read.querySelector("parsererror")) throw new Fault("picture-broken");
  const places = [...read.getElementsByTagNameNS(BADGES, "credential")];
  return only(places.map((one) => one.textContent.trim() || one.getAttribute("verify") || ""));
}

function only(texts) {
  const found = [...new Set(texts.map((text) => text.trim()).filter(Boolean))];
  if (found.length !== 1) throw new Fault(found.length ? "several-credentials" : "no-credential");
  return found[0];
}
