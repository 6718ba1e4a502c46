"""N-Quads (RDF 1.1 N-Quads) and the canonical form that RDFC-1.0 hashes (RDF Dataset Canonicalization, appendix A).

A term is a string in canonical N-Quads: `<iri>`, `_:label`, `"text"`, `"text"@en`, `"text"^^<iri>`.
A quad is four of them; the graph is "" for the default graph.
"""

import re
from collections.abc import Iterable

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.limits import DEFAULT, Limits

Quad = tuple[str, str, str, str]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"

_SPECIAL = re.compile('[\x00-\x1f\x7f"\\\\\ufffe\uffff]')
_ESCAPES = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_UNESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")

_IRI = r"<((?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>"
_LABEL_START = r"A-Za-z0-9_:\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
_LABEL = rf"(_:[{_LABEL_START}](?:[{_LABEL_START}.\-\u0300-\u036f\u203f\u2040]*[{_LABEL_START}\-\u0300-\u036f\u203f\u2040])?)"
_TEXT = r"\"((?:[^\"\\\n\r]|\\.)*)\"(?:\^\^" + _IRI + r"|@([a-zA-Z]+(?:-[a-zA-Z0-9]+)*))?"
_LINE = re.compile(
    rf"[ \t]*(?:{_IRI}|{_LABEL})[ \t]*{_IRI}[ \t]*(?:{_IRI}|{_LABEL}|{_TEXT})[ \t]*(?:{_IRI}|{_LABEL})?[ \t]*\.[ \t]*(?:#.*)?"
)
_EMPTY = re.compile(r"[ \t]*(?:#.*)?")


def escaped(text: str) -> str:
    """`text` as it stands between the quotes of a canonical literal."""
    return _SPECIAL.sub(_escape, text) if _SPECIAL.search(text) else text


def literal(text: str, datatype: str = XSD_STRING, language: str = "") -> str:
    """A literal term; a language goes before a datatype, and xsd:string is not written."""
    if language:
        return f'"{escaped(text)}"@{language}'
    return f'"{escaped(text)}"' if datatype == XSD_STRING else f'"{escaped(text)}"^^<{datatype}>'


def parse(text: str, limits: Limits = DEFAULT) -> list[Quad]:
    """The quads of an N-Quads document, in its order. VcError `n-quads` names the line; TooMuch `quads`."""
    found: list[Quad] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        match = _LINE.fullmatch(line)
        if match:
            found.append(_quad(match.groups(), number))
        elif not _EMPTY.fullmatch(line):
            raise VcError("n-quads", f"line {number} is not an N-Quads statement")
        if len(found) > limits.quads:
            raise TooMuch("quads", f"more than {limits.quads} statements")
    return found


def write(quads: Iterable[Quad]) -> str:
    """One line a quad, in the order given."""
    return "".join(f"{s} {p} {o} {g} .\n" if g else f"{s} {p} {o} .\n" for s, p, o, g in quads)


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def _quad(parts: tuple[str | None, ...], number: int) -> Quad:
    s_iri, s_label, p_iri, o_iri, o_label, text, datatype, language, g_iri, g_label = parts
    if text is not None:
        plain = _unescaped(text, number)
        o = literal(plain, _unescaped(datatype, number) if datatype else XSD_STRING, language or "")
    else:
        o = o_label or _iri(o_iri, number)
    graph = g_label or (_iri(g_iri, number) if g_iri is not None else "")
    return s_label or _iri(s_iri, number), _iri(p_iri, number), o, graph


def _iri(text: str | None, number: int) -> str:
    return f"<{_unescaped(text or '', number)}>"


def _unescaped(text: str, number: int) -> str:
    if "\\" not in text:
        return text

    def one(match: re.Match[str]) -> str:
        code, long_code, letter = match.groups()
        if letter:
            if letter not in _UNESCAPES:
                raise VcError("n-quads", f"line {number} has an unknown escape \\{letter}")
            return _UNESCAPES[letter]
        point = int(code or long_code, 16)
        if 0xD800 <= point <= 0xDFFF or point > 0x10FFFF:
            raise VcError("n-quads", f"line {number} escapes what is no character")
        return chr(point)

    return _ESCAPED.sub(one, text)
