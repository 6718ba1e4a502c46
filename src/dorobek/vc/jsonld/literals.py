"""Literals of RDF from values of JSON (JSON-LD 1.1 API, 8.2), as N-Quads terms."""

import math
from json.encoder import encode_basestring
from typing import Any

from dorobek.vc import jcs
from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.compile import XSD_DOUBLE, datatype_suffix, text_suffix
from dorobek.vc.jsonld.terms import IRI, LANGUAGE, Active, expand, no_iri
from dorobek.vc.rdf.nquads import escaped

_XSD = "http://www.w3.org/2001/XMLSchema#"
_JSON = datatype_suffix("http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON")


def text(value: str) -> str:
    """`value` in the quotes of a literal. VcError `text`: lone surrogates, U+FFFE, U+FFFF (written differently)."""
    if not value.isascii():
        _check(value)
    # JSON escapes what N-Quads does, but for DEL; so a text that JSON leaves alone is left alone
    quoted = encode_basestring(value)
    if len(quoted) == len(value) + 2 and "\x7f" not in value:
        return quoted
    return f'"{escaped(value)}"'


def _check(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise VcError("text", "the text holds a lone surrogate, which is no character") from None
    if "\ufffe" in value or "\uffff" in value:
        raise VcError("text", "the text holds U+FFFE or U+FFFF, which is no character")


def json_literal(value: Any) -> str:
    """A JSON literal (8.2, rdf:JSON): the value canonicalised by RFC 8785."""
    return f"{text(jcs.canonical(value).decode())}{_JSON}"


def number_literal(value: Any, datatype: str | None) -> str:
    """A number or boolean. VcError `number`: what implementations would write differently."""
    if value is True or value is False:
        return f'"{"true" if value else "false"}"{datatype_suffix(datatype or f"{_XSD}boolean")}'
    if not isinstance(value, int | float):
        raise VcError("value", f"{type(value).__name__} is no value of JSON")
    if not math.isfinite(value) or abs(value) > jcs.LARGEST_INTEGER or float(f"{value:.15e}") != value:
        raise VcError("number", "the number is written differently by different programs; write it as text")
    if (isinstance(value, float) and not value.is_integer()) or datatype == XSD_DOUBLE:
        mantissa, _, exponent = f"{value:.15E}".partition("E")
        whole, _, fraction = mantissa.partition(".")
        return f'"{whole}.{fraction.rstrip("0") or "0"}E{int(exponent)}"{datatype_suffix(datatype or XSD_DOUBLE)}'
    return f'"{int(value)}"{datatype_suffix(datatype or f"{_XSD}integer")}'


def value_object(value: dict[str, Any], active: Active) -> str:
    """An object with `@value`. VcError `value`, `null-value`, `language`, `relative-iri`, `invalid-iri`."""
    parts: dict[str, Any] = {}
    for key, member in value.items():
        keyword = expand(active, key, vocab=True)
        if keyword in parts:
            raise VcError("colliding-keywords", f"two members mean {keyword}", key)
        if keyword not in ("@value", "@type", "@language", "@direction"):
            raise VcError("value", "an object with @value has only @type, or @language and @direction, beside it", key)
        parts[keyword] = member
    return _literal(parts, active)


def _literal(parts: dict[str, Any], active: Active) -> str:
    said, kind = parts.get("@value"), parts.get("@type")
    if "@value" not in parts:
        raise VcError("value", "a language or direction without a @value")
    if "@type" in parts and ("@language" in parts or "@direction" in parts):
        raise VcError("value", "a value has a type, or a language and direction, not both")
    if kind == "@json":
        return json_literal(said)
    if said is None:
        raise VcError("null-value", "null says nothing; leave the property out")
    if isinstance(said, dict | list):
        raise VcError("value", "a @value is text, a number, true or false")
    if "@type" in parts:
        return _typed(said, kind, active)
    if "@language" in parts or "@direction" in parts:
        return _spoken(said, parts)
    return text(said) if isinstance(said, str) else number_literal(said, None)


def _typed(said: Any, kind: Any, active: Active) -> str:
    iri = expand(active, kind, vocab=True) if isinstance(kind, str) else None
    if iri is None or not IRI.fullmatch(iri):
        raise no_iri(iri or "the type of a value")
    if isinstance(said, str):
        return f"{_plain(said, iri)}{datatype_suffix(iri)}"
    return number_literal(said, iri)


def _spoken(said: Any, parts: dict[str, Any]) -> str:
    language, direction = parts.get("@language"), parts.get("@direction")
    if not isinstance(said, str):
        raise VcError("language", "only text has a language or a direction")
    if "@language" in parts and not (isinstance(language, str) and LANGUAGE.fullmatch(language)):
        raise VcError("language", f"{str(language)[:50]} is not a language tag such as pl or en-GB")
    if "@direction" in parts and direction not in ("ltr", "rtl"):
        raise VcError("language", "@direction must be ltr or rtl")
    return f"{text(said)}{text_suffix(language.lower() if language else None, direction)}"


def _plain(said: str, datatype: str) -> str:
    """Text with a datatype; text of xsd:double is rewritten by some programs and left by others."""
    if datatype == XSD_DOUBLE:
        raise VcError("number", "a double must be a number, not text")
    return text(said)
