"""Active contexts of JSON-LD 1.1 and the terms in them (JSON-LD 1.1 API, section 4.1 and 4.2)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from dorobek.vc.errors import VcError

KEYWORDS: Final = frozenset(
    [
        "@base",
        "@container",
        "@context",
        "@default",
        "@direction",
        "@embed",
        "@explicit",
        "@graph",
        "@id",
        "@included",
        "@index",
        "@json",
        "@language",
        "@list",
        "@nest",
        "@none",
        "@omitDefault",
        "@prefix",
        "@preserve",
        "@protected",
        "@requireAll",
        "@reverse",
        "@set",
        "@type",
        "@value",
        "@version",
        "@vocab",
        "@import",
        "@propagate",
    ]
)
KEYWORD_LIKE = re.compile(r"@[a-zA-Z]+")
# an absolute IRI that can stand between < and > (N-Quads IRIREF, without escapes), and nothing invisible in it
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\x7f\s\ufeff\ufffe\uffff\ud800-\udfff]*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*")


def no_iri(value: str) -> VcError:
    """Why this text is not an absolute IRI."""
    shown = ascii(value[:100])
    if _SCHEME.match(value):
        return VcError("invalid-iri", f"{shown} holds characters that no address (IRI) may hold")
    return VcError("relative-iri", f"{shown} is not an absolute address (IRI)")


class Unset:
    """The type of UNSET: a context may well be null, and a language too."""


UNSET: Final = Unset()


@dataclass(frozen=True, slots=True)
class Term:
    """A term definition. `iri` is expanded, a keyword, or None for a term that is explicitly nothing."""

    iri: str | None
    type: str | None = None
    container: frozenset[str] = frozenset()
    language: str | Unset | None = UNSET
    direction: str | Unset | None = UNSET
    context: Any = UNSET
    index: str | None = None
    nest: str | None = None
    prefix: bool = False
    reverse: bool = False
    protected: bool = False


@dataclass(eq=False, slots=True)
class Active:
    """An active context: never changed once made. `previous`: what holds again below a type-scoped context.

    `entries` and `typed` remember what `compile` made of it.
    """

    terms: dict[str, Term] = field(default_factory=dict)
    vocab: str | None = None
    language: str | None = None
    direction: str | None = None
    previous: "Active | None" = None
    entries: dict[str, Any] = field(default_factory=dict)
    typed: dict[tuple[str, ...], Any] = field(default_factory=dict)
    facts: Any = None

    def copy(self) -> "Active":
        return Active(dict(self.terms), self.vocab, self.language, self.direction, self.previous)

    def same_as(self, other: "Active") -> bool:
        mine = (self.vocab, self.language, self.direction)
        theirs = (other.vocab, other.language, other.direction)
        return mine == theirs and self.previous is other.previous and self.terms == other.terms


Define = Callable[[str], None]


def expand(
    active: Active, value: str, *, vocab: bool = False, local: Any = None, define: Define | None = None
) -> str | None:
    """IRI expansion (5.2) without a base: an IRI, a keyword, None, or the value as it is when it stays relative.

    While a context is being read, `local` is that context and `define` defines a term of it first.
    """
    if value in KEYWORDS:
        return value
    if value[:1] == "@" and KEYWORD_LIKE.fullmatch(value):
        return None
    if define and value in local:
        define(value)
    if vocab and value in active.terms:
        return active.terms[value].iri
    head, colon, tail = value.partition(":")
    if colon and head:
        if head == "_" or tail.startswith("//"):
            return value
        if define and head in local:
            define(head)
        prefix = active.terms.get(head)
        if prefix and prefix.prefix and prefix.iri:
            return prefix.iri + tail
        if IRI.fullmatch(value):
            return value
    if vocab and active.vocab is not None:
        return active.vocab + value
    return value
