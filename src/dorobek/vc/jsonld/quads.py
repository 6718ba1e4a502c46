"""A JSON-LD document as quads (JSON-LD 1.1 API: expansion 5.1 and deserialisation to RDF 8.1), in one strict walk.

Strict means: nothing of the document is left out of the graph. What a lenient reader would drop (a term that no context
defines, a relative address, null, an empty object where a node is wanted) is a VcError that tells the place.
Base direction goes into the i18n datatype, as the Data Integrity suites for EdDSA have it.
"""

from typing import Any

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.jsonld import compile as compiled
from dorobek.vc.jsonld.compile import AS_JSON, AS_NUMBER, AS_TERM, LITERAL, PROPERTY, TYPE, Entry, Tables
from dorobek.vc.jsonld.literals import json_literal, number_literal, text, value_object
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.jsonld.terms import IRI, LANGUAGE, Active, expand, no_iri
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.rdf.nquads import Quad

_RDF = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDF_TYPE, FIRST, REST, NIL = f"{_RDF}type>", f"{_RDF}first>", f"{_RDF}rest>", f"{_RDF}nil>"


def to_quads(document: dict[str, Any], store: ContextStore = SHIPPED, limits: Limits = DEFAULT) -> list[Quad]:
    """The document's quads, some perhaps twice, blank nodes named `_:b0` and on.

    VcError with the JSON path: `undefined-term`, `relative-iri`, `invalid-iri`, `empty-id`, `unknown-context`, `invalid-context`,
    `unsupported-context`, `protected-term`, `null-value`, `id`, `type`, `value`, `language`, `number`, `text`,
    `blank-node`, `empty-node`, `unsupported-keyword`, `unsupported-container`, `colliding-keywords`.
    TooMuch: `depth`, `quads`, `blank-nodes`, `array`, `context-work`.
    """
    walk = _Walk(store, limits)
    if not isinstance(document, dict):
        raise VcError("value", "a document is a JSON object")
    try:
        walk.node(document, store.empty, "", 0)
    except RecursionError:
        raise TooMuch("depth", f"nested deeper than {limits.depth}") from None
    if not walk.quads:
        raise VcError("empty-node", "the document says nothing")
    return walk.quads


class _Walk:
    """One document being read."""

    __slots__ = ("_blank", "_labels", "_limits", "_tables", "quads")

    def __init__(self, store: ContextStore, limits: Limits) -> None:
        self.quads: list[Quad] = []
        self._tables = Tables(store, limits)
        self._limits = limits
        self._blank = 0
        self._labels: dict[str, str] = {}

    def node(self, obj: dict[str, Any], active: Active, graph: str, depth: int) -> str:
        """Adds what `obj` says and returns its name. `active` is the context around it."""
        if "@context" in obj:
            active = self._within(active, obj["@context"])
        quads, inner = self.quads, active
        types: tuple[str, ...] = ()
        known = active.facts or compiled.facts(active)
        for key in known.types:
            if key in obj:
                inner, types = self._types(obj[key], active, key, inner is not active or bool(types))
        subject = self._name(obj, inner.facts or compiled.facts(inner), inner)
        quads += [(subject, RDF_TYPE, kind, graph) for kind in types]
        entries, key = inner.entries, ""
        try:
            for key, value in obj.items():
                entry = entries.get(key) or self._tables.entry(inner, key)
                if entry.plain:
                    if type(value) is str and entry.mode == LITERAL:
                        quads.append((subject, entry.predicate, f"{text(value)}{entry.suffix}", graph))
                    elif type(value) is list:
                        self._several(subject, entry, value, inner, graph, depth)
                    else:
                        self._single(subject, entry, value, inner, graph, depth)
                elif entry.kind == PROPERTY:
                    self._property(subject, entry, value, inner, graph, depth)
                elif entry.kind == TYPE and key not in known.types:
                    raise VcError("colliding-keywords", "two names of the type in one object")
        except VcError as error:
            raise _under(error, key) from None
        if len(quads) > self._limits.quads:
            raise TooMuch("quads", f"more than {self._limits.quads} statements")
        if not types and "@context" in obj and (not quads or quads[-1][0] != subject):
            raise VcError("empty-node", "the object says nothing but its context and name")
        return subject

    def _within(self, active: Active, local: Any) -> Active:
        try:
            return self._tables.within(active, local)
        except VcError as error:
            raise _under(error, "@context") from None

    def _types(self, value: Any, active: Active, key: str, twice: bool) -> tuple[Active, tuple[str, ...]]:
        """The context inside an object of these types, and the types as terms. Known types are known to be texts."""
        types = tuple(value) if type(value) is list else (value,)
        try:
            if twice:
                raise VcError("colliding-keywords", "two names of the type in one object")
            try:
                found = active.typed.get(types)
            except TypeError:
                found = None
            if not found:
                self._check_types(types)
                found = self._tables.typed(active, types)
            if key not in compiled.facts(found[0]).types:
                raise VcError("colliding-keywords", "the type's own context gives this name another meaning")
        except VcError as error:
            raise _under(error, key) from None
        return found

    def _check_types(self, types: tuple[Any, ...]) -> None:
        if not all(isinstance(name, str) for name in types):
            raise VcError("type", "a type must be text, or a list of texts")
        if len(types) > self._limits.array:
            raise TooMuch("array", f"a list of more than {self._limits.array} items")

    def _name(self, obj: dict[str, Any], known: compiled.Facts, active: Active) -> str:
        """The node's own name: its id, or a new blank node."""
        name = ""
        for key in known.ids:
            if key in obj:
                if name:
                    raise VcError("colliding-keywords", "two names of the id in one object", key)
                name = self._id(obj[key], active, key)
        return name or self._new()

    def _id(self, value: Any, active: Active, key: str) -> str:
        try:
            if not isinstance(value, str):
                raise VcError("id", "an id must be text: an absolute address")
            return self._iri(value, active)
        except VcError as error:
            raise _under(error, key) from None

    def _new(self) -> str:
        name = f"_:b{self._blank}"
        self._blank += 1
        if self._blank > self._limits.blank_nodes:
            raise TooMuch("blank-nodes", f"more than {self._limits.blank_nodes} blank nodes")
        return name

    def _iri(self, value: str, active: Active, vocab: bool = False) -> str:
        """Text that names a node: an address, a compact one, a blank node, or (with `vocab`) a term."""
        if vocab or (active.facts or compiled.facts(active)).prefixes:
            iri = expand(active, value, vocab=vocab) or ""
        else:
            iri = value
        if IRI.fullmatch(iri):
            return f"<{iri}>"
        if iri.startswith("_:") and len(iri) > 2 and iri.isprintable() and " " not in iri:
            return self._labels.get(iri) or self._labels.setdefault(iri, self._new())
        if not value:
            raise VcError("empty-id", "an address (IRI) is wanted here and there is none")
        if vocab and ":" not in iri:
            raise VcError("undefined-term", f"{value[:100]} is not defined by the document's contexts")
        raise no_iri(iri or value)

    def _property(self, subject: str, entry: Entry, value: Any, active: Active, graph: str, depth: int) -> None:
        """A property whose term asks for more than single values: a graph, a list, languages, JSON as it is."""
        quads, predicate = self.quads, entry.predicate
        if entry.mode == AS_JSON:
            quads.append((subject, predicate, json_literal(value), graph))
        elif isinstance(value, dict) and (entry.languages or entry.mapped):
            for made in self._map(entry, value):
                quads.append((subject, predicate, made, graph))
        elif entry.listed and not (isinstance(value, dict) and self._holds(value, entry, active, "@list")):
            items = value if isinstance(value, list) else [value]
            quads.append((subject, predicate, self._list(entry, items, active, graph, depth), graph))
        elif isinstance(value, list):
            self._several(subject, entry, value, active, graph, depth)
        else:
            self._single(subject, entry, value, active, graph, depth)

    def _several(self, subject: str, entry: Entry, values: list[Any], active: Active, graph: str, depth: int) -> None:
        if len(values) > self._limits.array:
            raise TooMuch("array", f"a list of more than {self._limits.array} items")
        place = 0
        try:
            for value in values:
                if isinstance(value, list):
                    self._deeper(depth)
                    self._several(subject, entry, value, active, graph, depth + 1)
                else:
                    self._single(subject, entry, value, active, graph, depth)
                place += 1
        except VcError as error:
            raise _under(error, place) from None

    def _deeper(self, depth: int) -> None:
        if depth >= self._limits.depth:
            raise TooMuch("depth", f"nested deeper than {self._limits.depth}")

    def _single(self, subject: str, entry: Entry, value: Any, active: Active, graph: str, depth: int) -> None:
        """One value of a property; in a graph container it stands in a graph of its own."""
        if entry.graph:
            name = self._new()
            self._graph(entry, value, active, name, depth)
            self.quads.append((subject, entry.predicate, name, graph))
        elif isinstance(value, dict):
            self._deeper(depth)
            below = entry.below or self._tables.below(active, entry)
            if (below.facts or compiled.facts(below)).values.isdisjoint(value):
                self.quads.append((subject, entry.predicate, self.node(value, below, graph, depth + 1), graph))
            elif (members := self._holds(value, entry, active, "@set")) is not None:
                self._several(subject, entry, members, active, graph, depth + 1)
            else:
                self.quads.append(
                    (subject, entry.predicate, self._marked(entry, value, active, below, graph, depth), graph)
                )
        else:
            self.quads.append((subject, entry.predicate, self._scalar(entry, value, active), graph))

    def _graph(self, entry: Entry, value: Any, active: Active, name: str, depth: int) -> None:
        before = len(self.quads)
        if not isinstance(value, dict):
            raise VcError("empty-node", "an object is wanted here, and it must say something")
        self._object(entry, value, active, name, depth)
        if len(self.quads) == before:
            raise VcError("empty-node", "the object says nothing but its name")

    def _object(self, entry: Entry, value: Any, active: Active, graph: str, depth: int) -> str:
        """The object of a statement: a literal, or the name of a node after adding what it says."""
        if not isinstance(value, dict):
            return self._scalar(entry, value, active)
        self._deeper(depth)
        below = entry.below or self._tables.below(active, entry)
        if compiled.facts(below).values.isdisjoint(value):
            return self.node(value, below, graph, depth + 1)
        return self._marked(entry, value, active, below, graph, depth)

    def _scalar(self, entry: Entry, value: Any, active: Active) -> str:
        if type(value) is str:
            if entry.mode == LITERAL:
                return f"{text(value)}{entry.suffix}"
            if entry.mode == AS_NUMBER:
                raise VcError("number", "a double must be a number, not text")
            return self._iri(value, entry.scoped or active, vocab=entry.mode == AS_TERM)
        if value is None:
            raise VcError("null-value", "null says nothing; leave the property out")
        return number_literal(value, entry.datatype)

    def _marked(
        self, entry: Entry, value: dict[str, Any], active: Active, below: Active, graph: str, depth: int
    ) -> str:
        """An object with @value, or with @list."""
        if "@context" in value:
            raise VcError("unsupported-keyword", "a value or list with a context of its own is not supported")
        if entry.graph:
            raise VcError("empty-node", "a value or list cannot stand where a node is wanted")
        items = _member(value, below, "@list")
        if items is not None:
            items = _same(items, entry, active, below)
            if not entry.listed and any(isinstance(item, list) for item in items):
                raise VcError("unsupported-keyword", "a list in a @list is not supported")
            return self._list(entry, items, active, graph, depth)
        return value_object(value, below)

    def _holds(self, value: dict[str, Any], entry: Entry, active: Active, keyword: str) -> list[Any] | None:
        """The items of a `@set` or `@list` object; None for any other object."""
        below = entry.below or self._tables.below(active, entry)
        if compiled.facts(below).values.isdisjoint(value):
            return None
        items = _member(value, below, keyword)
        return None if items is None else _same(items, entry, active, below)

    def _list(self, entry: Entry, items: list[Any], active: Active, graph: str, depth: int) -> str:
        """An RDF list (8.3); returns its head."""
        self._deeper(depth)
        if len(items) > self._limits.array:
            raise TooMuch("array", f"a list of more than {self._limits.array} items")
        nodes = [self._new() for _ in items]
        place = 0
        try:
            for place, item in enumerate(items):
                if isinstance(item, list):
                    made = self._list(entry, item, active, graph, depth + 1)
                else:
                    made = self._object(entry, item, active, graph, depth)
                self.quads.append((nodes[place], FIRST, made, graph))
                self.quads.append((nodes[place], REST, nodes[place + 1] if place + 1 < len(nodes) else NIL, graph))
        except VcError as error:
            raise _under(error, place) from None
        return nodes[0] if nodes else NIL

    def _map(self, entry: Entry, value: dict[str, Any]) -> list[str]:
        """Texts under their languages."""
        if entry.mapped or entry.graph:
            raise VcError("unsupported-container", "containers by @id, @index and @type are not supported")
        found = []
        tag = ""
        try:
            for tag, said in value.items():
                if tag != "@none" and not LANGUAGE.fullmatch(tag):
                    raise VcError("language", f"{tag[:50]} is not a language tag such as pl or en-GB")
                for one in said if isinstance(said, list) else [said]:
                    if not isinstance(one, str):
                        raise VcError("language", "only text has a language")
                    language = None if tag == "@none" else tag.lower()
                    found.append(f"{text(one)}{compiled.text_suffix(language, entry.direction)}")
        except VcError as error:
            raise _under(error, tag) from None
        return found


def _member(value: dict[str, Any], active: Active, keyword: str) -> Any:
    """What stands under `@list` or `@set`, alone in its object; None when neither is there."""
    for key, member in value.items():
        if expand(active, key, vocab=True) == keyword:
            if len(value) - ("@context" in value) > 1:
                raise VcError("value", f"an object with {keyword} has no other members")
            if member is None:
                raise VcError("null-value", "null says nothing; leave the property out", key)
            return member
    return None


def _same(items: Any, entry: Entry, active: Active, below: Active) -> list[Any]:
    """The items of a @set or @list object. They are read by the terms below it (5.1.2, 13.4), which must be the same."""
    mine = active.terms.get(entry.name), active.language, active.direction
    if mine != (below.terms.get(entry.name), below.language, below.direction):
        raise VcError("unsupported-keyword", "@list and @set under a term of a type's own context are not supported")
    return items if isinstance(items, list) else [items]


def _under(error: VcError, key: str | int) -> VcError:
    """The same fault seen from one level up."""
    step = f"[{key}]" if isinstance(key, int) else key
    path = error.path if not error.path or error.path[0] == "[" else f".{error.path}"
    return error.at(f"{step}{path}")
