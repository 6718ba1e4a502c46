"""JSON (RFC 8259) read so that no two programs can disagree about what it says (I-JSON, RFC 7493, and a little more)."""

import json
import re
from collections import Counter
from typing import Any

from dorobek.vc import jcs
from dorobek.vc.errors import TooMuch, VcError, child
from dorobek.vc.limits import DEFAULT, Limits

_SURROGATE = re.compile("[\ud800-\udfff]")


_PLAIN = re.compile(r"-?\d+\.\d+")


class _BadNumber:
    """Stands where a number was that we refuse, until its path is known."""

    def __init__(self, text: str) -> None:
        self.text = text[:40]


class _Twice(dict[str, Any]):
    """An object in which one name stood twice; `name` is the first such."""

    name: str


def parse(raw: bytes | str, limits: Limits = DEFAULT) -> Any:
    """The value of `raw`.

    VcError with the path: `utf-8`, `byte-order-mark`, `json`, `duplicate-key`, `number` (NaN, infinities, -0, beyond
    2^53 - 1, more than 15 digits, or with an exponent when written by ECMAScript, such as 1e-7), `text` (lone
    surrogates). TooMuch: `bytes`, `depth`, `array`.
    """
    text = _decoded(raw, limits)
    try:
        value, doubtful = _read(text)
    except json.JSONDecodeError as error:
        raise VcError("json", f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise TooMuch("depth", f"nested deeper than {limits.depth}") from None
    if doubtful or _may_hold_surrogates(text) or not (_short(raw, limits) or _within(value, limits)):
        _walk(value, limits)
    return value


def _may_hold_surrogates(text: str) -> bool:
    """Half of a pair can only come from an escape: the text itself was decoded, or checked."""
    return "\\ud" in text or "\\uD" in text


def _short(raw: bytes | str, limits: Limits) -> bool:
    """Whether so few brackets and commas are there that no limit can be passed. Bytes are counted faster than text."""
    data = raw if isinstance(raw, bytes) else raw.encode()
    return data.count(b"[") + data.count(b"{") <= limits.depth and data.count(b",") < limits.array


def _within(value: Any, limits: Limits) -> bool:
    """Whether depth and lengths are allowed, found without keeping account of places."""
    level: list[Any] = [value] if isinstance(value, dict | list) else []
    for _ in range(limits.depth):
        if any(type(item) is list and len(item) > limits.array for item in level):
            return False
        level = [
            member
            for item in level
            for member in (item if type(item) is list else item.values())
            if type(member) is dict or type(member) is list
        ]
        if not level:
            return True
    return False


def _read(text: str) -> tuple[Any, bool]:
    """The value, and whether something in it is to be refused."""
    refused: list[object] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) == len(pairs):
            return found
        twice = _Twice(found)
        counted = Counter(name for name, _ in pairs)
        twice.name = next(name for name, times in counted.items() if times > 1)
        refused.append(twice)
        return twice

    def bad(text: str) -> _BadNumber:
        refused.append(text)
        return _BadNumber(text)

    def fraction(text: str) -> float | _BadNumber:
        return float(text) if _is_plain(text) else bad(text)

    def integer(text: str) -> int | _BadNumber:
        fits = len(text) <= 17 and text != "-0" and abs(int(text)) <= jcs.LARGEST_INTEGER
        return int(text) if fits else bad(text)

    value = json.loads(text, object_pairs_hook=members, parse_float=fraction, parse_int=integer, parse_constant=bad)
    return value, bool(refused)


def _is_plain(text: str) -> bool:
    """Whether ECMAScript and everybody else writes this fraction with the same digits and without an exponent."""
    if len(text) > 40 or not _PLAIN.fullmatch(text):
        return False
    digits = text.lstrip("-").replace(".", "").strip("0")
    if not digits:
        return text[0] == "0"
    return len(digits) <= 15 and "e" not in jcs.number(float(text))


def _decoded(raw: bytes | str, limits: Limits) -> str:
    if len(raw) > limits.bytes:
        raise TooMuch("bytes", f"longer than {limits.bytes} bytes")
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        if isinstance(raw, str) and not raw.isascii():
            raw.encode("utf-8")
    except UnicodeDecodeError as error:
        raise VcError("utf-8", f"not UTF-8 text (byte {error.start})") from None
    except UnicodeEncodeError as error:
        raise VcError("text", f"a lone surrogate is not Unicode text (character {error.start})") from None
    if text.startswith("\ufeff"):
        raise VcError("byte-order-mark", "a byte order mark before the JSON; save the file as UTF-8 without it")
    return text


def _walk(value: Any, limits: Limits) -> None:
    """Depth, lengths, and whatever was left to be refused with its path."""
    level: list[tuple[Any, str]] = [(value, "")]
    depth = 0
    while level:
        below: list[tuple[Any, str]] = []
        for item, path in level:
            if isinstance(item, str):
                _text(item, path)
            elif isinstance(item, dict):
                _members(item, path, below)
            elif isinstance(item, list):
                if len(item) > limits.array:
                    raise TooMuch("array", f"a list of more than {limits.array} items", path)
                below += [(member, child(path, place)) for place, member in enumerate(item)]
            elif isinstance(item, _BadNumber):
                message = f"the number {item.text} is read or written differently by different programs"
                raise VcError("number", f"{message}; write it as text", path)
            if depth >= limits.depth and isinstance(item, dict | list):
                raise TooMuch("depth", f"nested deeper than {limits.depth}", path)
        level, depth = below, depth + 1


def _members(item: dict[str, Any], path: str, below: list[tuple[Any, str]]) -> None:
    if isinstance(item, _Twice):
        raise VcError("duplicate-key", "the same name stands twice in one object", child(path, item.name))
    for name, member in item.items():
        _text(name, path)
        below.append((member, child(path, name)))


def _text(text: str, path: str) -> None:
    if _SURROGATE.search(text):
        raise VcError("text", "a lone surrogate is not Unicode text", path)
