"""Active contexts turned into tables that a document is walked with: what each key of an object means.

A table is filled as keys are met and kept with its context, so a document of a kind seen before reads no context at all.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.jsonld.context import process
from dorobek.vc.jsonld.store import ContextStore
from dorobek.vc.jsonld.terms import IRI, KEYWORDS, UNSET, Active, Term, expand, no_iri
from dorobek.vc.limits import Limits

# what a key is
CONTEXT, ID, TYPE, PROPERTY = range(4)
# how text under a property is read
LITERAL, AS_IRI, AS_TERM, AS_JSON, AS_NUMBER = range(5)

# bounds on memory, nothing else: contexts kept in a store (and types in a context), the longest `@context` kept
_REMEMBERED: Final = 128
_LONGEST: Final = 4_096
_VALUE_KEYS: Final = ("@value", "@list", "@set", "@language", "@direction")

XSD_DOUBLE: Final = "http://www.w3.org/2001/XMLSchema#double"
_MODES: Final = {"@id": AS_IRI, "@vocab": AS_TERM, XSD_DOUBLE: AS_NUMBER, "@json": AS_NUMBER}
I18N: Final = "https://www.w3.org/ns/i18n#"


@dataclass(eq=False, slots=True)
class Entry:
    """One key of an object. `suffix` follows the quoted text of a literal.

    `plain`: a property whose values stand one by one. `below`: the context of objects under it, `scoped` that of text; both made when first needed.
    """

    kind: int
    predicate: str = ""
    mode: int = LITERAL
    suffix: str = ""
    datatype: str | None = None
    direction: str | None = None
    listed: bool = False
    graph: bool = False
    languages: bool = False
    mapped: bool = False
    plain: bool = False
    name: str = ""
    term: Term | None = None
    below: Active | None = None
    scoped: Active | None = None


@dataclass(eq=False, slots=True)
class Facts:
    """What is asked of a context for every object: its names of @id and @type, of values and lists, its prefixes."""

    ids: tuple[str, ...]
    types: tuple[str, ...]
    values: frozenset[str]
    prefixes: bool


class Tables:
    """The tables of one document: a store's memory, with the work of this document counted."""

    def __init__(self, store: ContextStore, limits: Limits) -> None:
        self._store, self._left = store, limits.context_work

    def spend(self, work: int) -> None:
        self._left -= work
        if self._left < 0:
            raise TooMuch("context-work", "the contexts ask for too much work")

    def within(self, active: Active, local: Any) -> Active:
        """The context of an object that has a `@context`."""
        self.spend(1)
        memory = self._store.remembered
        text = json.dumps(local, sort_keys=True)
        found = memory.get((id(active), text))
        if found is None:
            found = active, process(active, local, self._store, self)
            if len(memory) >= _REMEMBERED:
                memory.clear()
            if len(text) <= _LONGEST:
                memory[id(active), text] = found
        return found[1]

    def typed(self, active: Active, types: tuple[str, ...]) -> tuple[Active, tuple[str, ...]]:
        """The context inside an object of these types, and the types as terms of N-Quads."""
        iris = []
        for name in types:
            iri = expand(active, name, vocab=True)
            iris.append(self.node_name(iri, name, "type"))
        inner = active
        for name in sorted(types):
            term = active.terms.get(name)
            if term and term.context is not UNSET:
                inner = process(inner, term.context, self._store, self, propagate=False)
        found = inner, tuple(iris)
        if len(active.typed) >= _REMEMBERED:
            active.typed.clear()
        active.typed[types] = found
        return found

    def node_name(self, iri: str | None, given: str, what: str) -> str:
        if iri is not None and IRI.fullmatch(iri):
            return f"<{iri}>"
        if iri and iri.startswith("_:"):
            raise VcError("blank-node", f"a blank node cannot be a {what}")
        if ":" not in given and iri in (given, None):
            raise VcError("undefined-term", f"the {what} {given[:100]} is not defined by the document's contexts")
        raise no_iri(iri or given)

    def below(self, active: Active, entry: Entry) -> Active:
        """The context of an object under a property: type-scoped terms end, the property's own context begins."""
        outer = active.previous or active
        entry.below = found = self._property(outer, entry)
        return found

    def _property(self, active: Active, entry: Entry) -> Active:
        if entry.term is None or entry.term.context is UNSET:
            return active
        return process(active, entry.term.context, self._store, self, override=True)

    def entry(self, active: Active, key: str) -> Entry:
        """What `key` means in `active`; VcError `undefined-term`, `unsupported-keyword`."""
        if key == "@context":
            return _kept(active, key, Entry(CONTEXT))
        iri = expand(active, key, vocab=True)
        if iri in KEYWORDS:
            return _kept(active, key, _keyword(iri, key))
        if iri and iri.startswith("_:"):
            raise VcError("blank-node", "a blank node cannot be a property")
        predicate = self.node_name(iri, key, "property")
        entry = Entry(PROPERTY, predicate, name=key, term=active.terms.get(key))
        entry.scoped = self._property(active, entry)
        _containers(entry)
        _texts(entry, entry.scoped)
        return _kept(active, key, entry)


def facts(active: Active) -> Facts:
    """Worked out once for a context."""
    if active.facts is None:
        names: dict[str, list[str]] = {}
        for name, term in active.terms.items():
            if term.iri in KEYWORDS and name not in KEYWORDS:
                names.setdefault(term.iri or "", []).append(name)
        active.facts = Facts(
            ids=("@id", *names.get("@id", ())),
            types=("@type", *names.get("@type", ())),
            values=frozenset(name for word in _VALUE_KEYS for name in (word, *names.get(word, ()))),
            prefixes=any(term.prefix for term in active.terms.values()),
        )
    found: Facts = active.facts
    return found


def _kept(active: Active, key: str, entry: Entry) -> Entry:
    if len(active.entries) >= 8 * _REMEMBERED:
        active.entries.clear()
    active.entries[key] = entry
    return entry


def _keyword(iri: str | None, key: str) -> Entry:
    if iri == "@id":
        return Entry(ID)
    if iri == "@type":
        return Entry(TYPE)
    raise VcError("unsupported-keyword", f"{key[:100]} ({iri}) is not supported here")


def _containers(entry: Entry) -> None:
    """What the term says of the shape of its values."""
    term = entry.term or Term(None)
    if term.type == "@json":
        entry.mode = AS_JSON
        if term.container - {"@set"}:
            raise VcError("unsupported-container", "a container of JSON literals is not supported")
    entry.listed = "@list" in term.container
    entry.languages = "@language" in term.container
    entry.graph = "@graph" in term.container
    entry.mapped = bool(term.container & {"@id", "@index", "@type"})
    entry.plain = term.type != "@json" and not term.container - {"@set"}


def _texts(entry: Entry, scoped: Active) -> None:
    """How text and numbers are read: by the same term as the property's own context knows it (5.3)."""
    term = scoped.terms.get(entry.name) or Term(None)
    language = scoped.language if term.language is UNSET else term.language
    direction = scoped.direction if term.direction is UNSET else term.direction
    entry.direction = direction if isinstance(direction, str) else None
    if term.type in (None, "@none", "@id", "@vocab"):
        entry.suffix = text_suffix(language if isinstance(language, str) else None, entry.direction)
    elif term.type != "@json":
        entry.datatype = term.type
        entry.suffix = datatype_suffix(term.type)
    if entry.mode == LITERAL:
        entry.mode = _MODES.get(term.type or "", LITERAL)


def text_suffix(language: str | None, direction: str | None) -> str:
    """The end of a literal with a language or (the i18n datatype, JSON-LD 1.1 API 8.2.2) a direction."""
    if direction:
        return f"^^<{I18N}{language or ''}_{direction}>"
    return f"@{language}" if language else ""


def datatype_suffix(datatype: str) -> str:
    return "" if datatype == "http://www.w3.org/2001/XMLSchema#string" else f"^^<{datatype}>"
