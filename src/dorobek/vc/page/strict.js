// Strict JSON: what two programs could read differently is refused, with its place.

class Fault extends Error {
  constructor(code, path = "", detail = "") {
    super(code);
    this.code = code;
    this.path = path;
    this.detail = detail;
  }
}

const LIMITS = { characters: 1048576, depth: 64, array: 10000 };

function child(path, key) {
  if (typeof key === "number") return `${path}[${key}]`;
  return path ? `${path}.${key}` : key;
}

class Reader {
  constructor(text) {
    if (text.length > LIMITS.characters) throw new Fault("too-long");
    if (text.startsWith("\ufeff")) throw new Fault("byte-order-mark");
    this.text = text;
    this.at = 0;
  }

  whole() {
    const value = this.value("", 0);
    this.space();
    if (this.at < this.text.length) this.wrong();
    return value;
  }

  wrong() {
    const before = this.text.slice(0, this.at).split("\n");
    throw new Fault("not-json", "", `${before.length}:${before[before.length - 1].length + 1}`);
  }

  space() {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  take(mark) {
    this.space();
    if (this.text[this.at] !== mark) return false;
    this.at += 1;
    return true;
  }

  value(path, depth) {
    if (depth > LIMITS.depth) throw new Fault("too-deep", path);
    if (this.take("{")) return this.object(path, depth);
    if (this.take("[")) return this.array(path, depth);
    const next = this.text[this.at];
    if (next === "\"") return this.string(path);
    for (const [word, value] of [["true", true], ["false", false], ["null", null]]) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number(path);
  }

  object(path, depth) {
    const made = Object.create(null);
    if (this.take("}")) return made;
    do {
      this.space();
      if (this.text[this.at] !== "\"") this.wrong();
      const name = this.string(path);
      if (name in made) throw new Fault("duplicate-key", child(path, name));
      if (!this.take(":")) this.wrong();
      made[name] = this.value(child(path, name), depth + 1);
    } while (this.take(","));
    if (!this.take("}")) this.wrong();
    return made;
  }

  array(path, depth) {
    const made = [];
    if (this.take("]")) return made;
    do {
      if (made.length >= LIMITS.array) throw new Fault("too-many", path);
      made.push(this.value(child(path, made.length), depth + 1));
    } while (this.take(","));
    if (!this.take("]")) this.wrong();
    return made;
  }

  string(path) {
    const start = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== "\"") this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at += 1;
    let made;
    try {
      made = JSON.parse(this.text.slice(start, this.at));
    } catch {
      this.at = start;
      this.wrong();
    }
    if (/[\ud800-\udfff]/.test(made.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ""))) throw new Fault("text", path);
    return made;
  }

  number(path) {
    const shape = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
    shape.lastIndex = this.at;
    const found = shape.exec(this.text);
    if (!found) this.wrong();
    const [text, fraction, exponent] = found;
    const value = Number(text);
    const digits = text.replace(/[-.]/g, "").replace(/^0+|0+$/g, "");
    const plain = fraction
      ? digits.length <= 15 && text.length <= 40 && !String(value).includes("e")
      : Number.isSafeInteger(value);
    if (exponent || !plain || Object.is(value, -0)) throw new Fault("number", path, text.slice(0, 40));
    this.at += text.length;
    return value;
  }
}

function parseStrict(text) {
  return new Reader(text).whole();
}
