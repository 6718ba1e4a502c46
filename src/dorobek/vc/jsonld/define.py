"""Term definitions (JSON-LD 1.1 API, section 4.2): what a context says of one term."""

from dataclasses import replace
from typing import Any, Final

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.terms import IRI, KEYWORD_LIKE, KEYWORDS, UNSET, Active, Term, Unset, expand

TERM_CONTEXT_KEYS: Final = frozenset(
    ["@base", "@direction", "@import", "@language", "@propagate", "@protected", "@version", "@vocab"]
)
_MEMBERS: Final = frozenset(
    [
        "@id",
        "@type",
        "@container",
        "@context",
        "@direction",
        "@index",
        "@language",
        "@nest",
        "@prefix",
        "@protected",
        "@reverse",
    ]
)
_CONTAINERS: Final = frozenset(["@list", "@set", "@index", "@language", "@graph", "@id", "@type"])
MOST_NESTED: Final = 50  # terms defined by terms defined by terms


class Definer:
    """Defines the terms of one local context, each once, those it needs first."""

    def __init__(self, active: Active, local: dict[str, Any], override: bool) -> None:
        self._active, self._local, self._override = active, local, override
        self._done: dict[str, bool] = {}
        self._open = 0

    def define(self, term: str) -> None:
        if self._done.get(term):
            return
        if term in self._done or self._open > MOST_NESTED:
            raise _invalid(term, "is defined by means of itself, or by a long chain of others")
        if not term or (term in KEYWORDS and term != "@type") or (KEYWORD_LIKE.fullmatch(term) and term != "@type"):
            raise _invalid(term, "cannot be defined")
        self._done[term] = False
        self._open += 1
        before = self._active.terms.pop(term, None)
        value, simple = self._local[term], False
        if value is None or isinstance(value, str):
            value, simple = {"@id": value}, True
        if not isinstance(value, dict):
            raise _invalid(term, "must be defined by an address or an object")
        self._store(term, before, self._read(term, value, simple))
        self._done[term] = True
        self._open -= 1

    def _store(self, term: str, before: Term | None, made: Term) -> None:
        if before and before.protected and not self._override:
            made = replace(made, protected=True)
            if made != before:
                raise VcError("protected-term", f"the term {term[:100]} is protected and cannot mean something else")
        self._active.terms[term] = made

    def _read(self, term: str, value: dict[str, Any], simple: bool) -> Term:
        if not value.keys() <= _MEMBERS:
            raise _invalid(term, "has a member that JSON-LD 1.1 does not know")
        if "@reverse" in value or "@nest" in value:
            raise VcError("unsupported-context", f"@reverse and @nest are not supported (term {term[:100]})")
        if term == "@type" and (not value or not value.keys() <= {"@container", "@id", "@protected"}):
            raise _invalid(term, "cannot be redefined")
        iri, prefix = self._iri(term, value, simple)
        container = self._container(term, value)
        kind = self._type(term, value)
        if "@type" in container:
            kind = kind or "@id"
        protected = value.get("@protected", self._local.get("@protected", False))
        if not isinstance(protected, bool):
            raise _invalid(term, "has a @protected that is neither true nor false")
        language, direction = self._text(term, value)
        return Term(
            iri=iri,
            type=kind,
            container=container,
            language=language,
            direction=direction,
            context=value.get("@context", UNSET),
            index=self._index(term, value, container),
            prefix=self._prefix(term, value, iri, prefix),
            protected=protected,
        )

    def _expand(self, value: str) -> str | None:
        return expand(self._active, value, vocab=True, local=self._local, define=self._dependency)

    def _dependency(self, term: str) -> None:
        if term in TERM_CONTEXT_KEYS:
            return
        self.define(term)

    def _iri(self, term: str, value: dict[str, Any], simple: bool) -> tuple[str | None, bool]:
        """What the term stands for, and whether it may be a prefix by its form alone."""
        given = value.get("@id", term)
        if given is None:
            return None, False
        if not isinstance(given, str):
            raise _invalid(term, "has an @id that is not text")
        if given != term:
            iri = self._expand(given)
            if iri is None or not (iri in KEYWORDS or iri.startswith("_:") or IRI.fullmatch(iri)):
                raise _invalid(term, "has an @id that is not an absolute IRI")
            if iri in ("@context", "@preserve"):
                raise _invalid(term, "cannot stand for this keyword")
            if (":" in term[1:-1] or "/" in term) and self._as_iri(term) != iri:
                raise _invalid(term, "has the form of an address but stands for another one")
            return iri, simple and ":" not in term[1:] and iri[-1:] in (":", "/", "?", "#", "[", "]", "@")
        return self._from_name(term), False

    def _as_iri(self, term: str) -> str | None:
        head = term.partition(":")[0]
        if head in self._local and head != term:
            self._dependency(head)
        return expand(self._active, term, vocab=True)

    def _from_name(self, term: str) -> str:
        """A term without @id: a compact or absolute IRI, or a name in @vocab."""
        head, colon, tail = term.partition(":")
        if colon and head:
            if head in self._local:
                self._dependency(head)
            parent = self._active.terms.get(head)
            iri = f"{parent.iri}{tail}" if parent and parent.iri else term
        elif term == "@type":
            iri = term
        elif self._active.vocab is None:
            raise _invalid(term, "has no @id")
        else:
            iri = self._active.vocab + term
        if iri != "@type" and not iri.startswith("_:") and not IRI.fullmatch(iri):
            raise _invalid(term, "does not stand for an absolute IRI")
        return iri

    def _type(self, term: str, value: dict[str, Any]) -> str | None:
        kind = value.get("@type")
        if "@type" not in value or kind in ("@id", "@vocab", "@json", "@none"):
            return kind
        expanded = self._expand(kind) if isinstance(kind, str) else None
        if expanded is None or not IRI.fullmatch(expanded):
            raise _invalid(term, "has a @type that is not an absolute IRI")
        return expanded

    def _container(self, term: str, value: dict[str, Any]) -> frozenset[str]:
        given = value.get("@container") or []
        parts = given if isinstance(given, list) else [given]
        if not all(isinstance(part, str) and part in _CONTAINERS for part in parts):
            raise _invalid(term, "has a @container that JSON-LD 1.1 does not know")
        rest = set(parts) - {"@set"}
        graph = "@graph" in rest and len(rest) <= 2 and rest <= {"@graph", "@id", "@index"}
        if (len(rest) > 1 and not graph) or ("@list" in rest and len(parts) > 1):
            raise _invalid(term, "has a @container that does not go together")
        return frozenset(parts)

    def _text(self, term: str, value: dict[str, Any]) -> tuple[str | Unset | None, str | Unset | None]:
        language: str | Unset | None = UNSET
        if "@language" in value and "@type" not in value:
            language = value["@language"]
            if not (language is None or isinstance(language, str)):
                raise _invalid(term, "has a @language that is not text")
            language = language.lower() if language else None
        direction = value.get("@direction", UNSET)
        if "@direction" in value and direction not in (None, "ltr", "rtl"):
            raise _invalid(term, "has a @direction other than ltr and rtl")
        return language, direction

    def _index(self, term: str, value: dict[str, Any], container: frozenset[str]) -> str | None:
        if "@index" not in value:
            return None
        index = value["@index"]
        if "@index" not in container or not isinstance(index, str) or index.startswith("@"):
            raise _invalid(term, "has an @index that cannot be")
        return index

    def _prefix(self, term: str, value: dict[str, Any], iri: str | None, by_form: bool) -> bool:
        if "@prefix" not in value:
            return by_form
        if not isinstance(value["@prefix"], bool) or ":" in term or "/" in term or iri in KEYWORDS:
            raise _invalid(term, "cannot be a prefix")
        return value["@prefix"]


def _invalid(term: str, why: str) -> VcError:
    return VcError("invalid-context", f"the term {term[:100] or '(empty)'} {why}")
