"""JSON Canonicalization Scheme (RFC 8785)."""

import json
import math
import re
from collections.abc import Iterator
from typing import Any

from dorobek.vc.errors import VcError, child

_quoted = json.JSONEncoder(ensure_ascii=False).encode
# differs from RFC 8785 only in fractions, in integers too large, and in the order of names above U+FFFF
_compact = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_DIFFERS = tuple(re.compile(rf"{before}-?\d+(?:[.eE]|(?<=\d{{16}}))") for before in ('":', ",", r"\["))
_SURROGATE = re.compile("[\ud800-\udfff]")
_ABOVE_BMP = re.compile("[\U00010000-\U0010ffff]")
LARGEST_INTEGER = 2**53 - 1  # the last integer before two of them share one IEEE 754 double
MAX_DEPTH = 512


def canonical(value: Any) -> bytes:
    """`value` (what `json.loads` gives) as canonical UTF-8.

    VcError: `number` (not finite, or an integer beyond 2^53 - 1), `text` (a lone surrogate), `json-type` (anything
    JSON has no form for), `depth` (nested deeper than `MAX_DEPTH`).
    """
    try:
        text = _compact(value)
        if text[0] in '{["' and _all_in_bmp(text) and not any(found.search(text) for found in _DIFFERS):
            return text.encode("utf-8")
    except (TypeError, ValueError, RecursionError):
        pass  # the careful way below tells what is wrong and where
    return "".join(_pieces(value, "", 0)).encode("utf-8")


def _all_in_bmp(text: str) -> bool:
    """No character above U+FFFF, found by the quickest means."""
    return text.isascii() or len(text.encode("utf-16-le")) == 2 * len(text)


def number(value: float) -> str:
    """A finite number as ECMAScript writes it (ECMA-262, Number::toString), the form RFC 8785 section 3.2.2.3 asks for."""
    if isinstance(value, int):
        return str(value)
    if value == 0:
        return "0"
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    bare = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(bare)
    digits = bare.rstrip("0")
    return ("-" if value < 0 else "") + _ecma(digits, point)


def _ecma(digits: str, point: int) -> str:
    """`digits` with the decimal point after the first `point` of them."""
    if len(digits) <= point <= 21:
        return digits.ljust(point, "0")
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    scientific = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{scientific}e{point - 1:+d}"


def _pieces(value: Any, path: str, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield _text(value, path)
    elif value is None or value is True or value is False:
        yield {None: "null", True: "true", False: "false"}[value]
    elif isinstance(value, int | float):
        yield _number(value, path)
    elif depth > MAX_DEPTH:
        raise VcError("depth", f"nested deeper than {MAX_DEPTH}", path)
    elif isinstance(value, dict):
        yield from _object(value, path, depth)
    elif isinstance(value, list | tuple):
        before = "["
        for place, item in enumerate(value):
            yield before
            yield from _pieces(item, child(path, place), depth + 1)
            before = ","
        yield "[]" if before == "[" else "]"
    else:
        raise VcError("json-type", f"JSON has no form for {type(value).__name__}", path)


def _object(value: dict[Any, Any], path: str, depth: int) -> Iterator[str]:
    before = "{"
    for key in _ordered(value, path):
        yield f"{before}{_text(key, path)}:"
        yield from _pieces(value[key], child(path, key), depth + 1)
        before = ","
    yield "{}" if before == "{" else "}"


def _ordered(value: dict[Any, Any], path: str) -> list[str]:
    """Keys by their UTF-16 code units, which is Python's own order unless one lies above U+FFFF."""
    if not all(isinstance(key, str) for key in value):
        raise VcError("json-type", "a member's name is not a string", path)
    if any(_ABOVE_BMP.search(key) for key in value):
        return sorted(value, key=lambda key: key.encode("utf-16-be", "surrogatepass"))
    return sorted(value)


def _text(value: str, path: str) -> str:
    if not value.isascii() and _SURROGATE.search(value):
        raise VcError("text", "a lone surrogate is not Unicode text", path)
    return _quoted(value)


def _number(value: float, path: str) -> str:
    if isinstance(value, int):
        if abs(value) > LARGEST_INTEGER:
            raise VcError("number", "an integer beyond 2^53 - 1 is read differently by different programs", path)
    elif not math.isfinite(value):
        raise VcError("number", "JSON has no NaN and no infinity", path)
    return number(value)
