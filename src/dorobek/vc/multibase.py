"""Multibase text (Controlled Identifiers 1.0, section 2.4): base58-btc `z...` and base64url without padding `u...`."""

import base64
import binascii
import re

from dorobek.vc.errors import VcError

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Two characters at a time: half the steps.
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_TEXTS = [a + b for a in ALPHABET for b in ALPHABET]
_PAIRS = {text: value for value, text in enumerate(_TEXTS)}
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
# Ten digits of base 58 fit a machine word: big numbers are touched once per ten characters.
_CHUNK = 10
_CHUNK_SIZE = 58**_CHUNK
# The arithmetic grows with the square of the length; nothing legitimate here comes near.
MAX_CHARACTERS = 4096


def base58_encode(raw: bytes) -> str:
    number = int.from_bytes(raw, "big")
    pairs: list[str] = []
    while number:
        number, part = divmod(number, _CHUNK_SIZE)
        part, a = divmod(part, 3364)
        part, b = divmod(part, 3364)
        part, c = divmod(part, 3364)
        e, d = divmod(part, 3364)
        pairs += (_TEXTS[a], _TEXTS[b], _TEXTS[c], _TEXTS[d], _TEXTS[e])
    pairs.reverse()
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "1" * zeros + "".join(pairs).lstrip("1")


def base58_decode(text: str, path: str = "") -> bytes:
    """Bytes of a base58-btc text. Raises VcError `multibase` for a foreign character or more than 4,096 of them."""
    if len(text) > MAX_CHARACTERS:
        raise VcError("multibase", f"a base58 value longer than {MAX_CHARACTERS} characters", path)
    even = len(text) & ~1
    try:
        number = 0
        for start in range(0, even, _CHUNK):
            part, end = 0, min(start + _CHUNK, even)
            for place in range(start, end, 2):
                part = part * 3364 + _PAIRS[text[place : place + 2]]
            number = number * 58 ** (end - start) + part
        if even < len(text):
            number = number * 58 + _VALUES[text[-1]]
    except KeyError as error:
        raise VcError("multibase", f"{error.args[0]!r} holds what is no base58 character", path) from error
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def base64url_encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def base64url_decode(text: str, path: str = "") -> bytes:
    """Bytes of base64url without padding, in its only spelling. Raises VcError `base64url`."""
    if not _BASE64URL.fullmatch(text):
        raise VcError("base64url", "not base64url without padding", path)
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise VcError("base64url", "not base64url without padding", path) from error
    # Spare bits of the last character would give one value several spellings.
    if base64url_encode(raw) != text:
        raise VcError("base64url", "the last character of a base64url value carries spare bits", path)
    return raw


def encode(raw: bytes) -> str:
    return "z" + base58_encode(raw)


def decode(text: object, path: str = "") -> bytes:
    """Bytes of a `z...` (base58-btc) or `u...` (base64url) text. Raises VcError `multibase` or `base64url`."""
    if not isinstance(text, str) or not text:
        raise VcError("multibase", "a multibase value must be text", path)
    if text[0] == "z":
        return base58_decode(text[1:], path)
    if text[0] == "u":
        return base64url_decode(text[1:], path)
    raise VcError("multibase", f"multibase prefix {text[0]!r} is not supported (z and u are)", path)
