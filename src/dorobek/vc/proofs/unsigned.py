"""A document without its proofs, hashed in the ways that proofs ask for, each at most once."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from dorobek.vc import jcs
from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.rdf import rdfc

Json = dict[str, Any]


class Unsigned:
    """`body` is the document without `proof`; `previous` proofs of a chain are put back where a proof covers them."""

    def __init__(self, document: Mapping[str, Any], store: ContextStore = SHIPPED, limits: Limits = DEFAULT) -> None:
        self.body: Json = {name: value for name, value in document.items() if name != "proof"}
        self.context = document.get("@context")
        self.store = store
        self.limits = limits
        self._known: dict[str, bytes | VcError] = {}

    def rdfc_hash(self, previous: Sequence[Mapping[str, Any]] = ()) -> bytes:
        """SHA-256 of the canonical N-Quads. Raises VcError of the JSON-LD reading with its path, TooMuch."""
        return self._once("rdfc", previous, self._rdfc)

    def jcs_hash(self, previous: Sequence[Mapping[str, Any]] = ()) -> bytes:
        """SHA-256 of the canonical JSON. Raises VcError."""
        return self._once("jcs", previous, lambda document: sha256(jcs.canonical(document)).digest())

    def _rdfc(self, document: Json) -> bytes:
        return rdfc_hash(document, self.store, self.limits)

    def _once(self, way: str, previous: Sequence[Mapping[str, Any]], make: Callable[[Json], bytes]) -> bytes:
        if previous:
            return make(self.body | {"proof": list(previous)})
        found = self._known.get(way)
        if found is None:
            try:
                found = make(self.body)
            except VcError as error:
                # A document that costs much before it is refused must not be tried once per proof.
                found = error
            self._known[way] = found
        if isinstance(found, VcError):
            raise found
        return found


def canonical_text(document: Json, store: ContextStore, limits: Limits) -> str:
    """The document as canonical N-Quads."""
    return rdfc.canonicalise(to_quads(document, store, limits), limits)


def rdfc_hash(document: Json, store: ContextStore, limits: Limits) -> bytes:
    return sha256(canonical_text(document, store, limits).encode("utf-8")).digest()
