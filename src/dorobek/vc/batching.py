"""Signing one achievement for many: the template is canonicalised once, a row only fills in its places.

What comes out is, to the byte, what `signing.sign` gives for the same document. Where a row could make the canonical
form differ from the prepared one, that row is signed the plain way.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import datetime
from hashlib import sha256
from typing import Any

from dorobek.vc import jcs
from dorobek.vc.batch_graph import Graph, Unsuited
from dorobek.vc.batch_slots import Filled, filled_in, path_parts
from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.literals import text
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.jsonld.terms import IRI
from dorobek.vc.keys import PrivateKey
from dorobek.vc.limits import DEFAULT, Limits
from dorobek.vc.multibase import encode
from dorobek.vc.proofs import rdfc
from dorobek.vc.proofs.unsigned import Unsigned
from dorobek.vc.signing import BOTH, SUITES, proof_options, sign

MAX_SCHEMES = 1000
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class BatchSigner:
    """One template, many rows. `fields` are JSON paths into the template such as `credentialSubject.id`; every row
    gives one text per field, in that order. `prepared` is false when each row has to be signed the plain way.

    Raises VcError on making: `batch-field` (no text at such a path), and whatever `sign` finds in the template.
    """

    def __init__(
        self,
        template: dict[str, Any],
        fields: Sequence[str],
        key: PrivateKey,
        *,
        verification_method: str,
        created: datetime,
        suites: Sequence[str] = BOTH,
        store: ContextStore = SHIPPED,
        limits: Limits = DEFAULT,
    ) -> None:
        self._template = deepcopy(template)
        self._fields = tuple(fields)
        self._paths = [path_parts(field, template) for field in fields]
        self._key, self._suites, self._store, self._limits = key, tuple(suites), store, limits
        self._method, self._created = verification_method, created
        # Signing the template itself tells at once what would be wrong with every row.
        sign(
            template,
            key,
            verification_method=verification_method,
            created=created,
            suites=suites,
            store=store,
            limits=limits,
        )
        self._schemes: dict[tuple[int, str], bool] = {}
        self._prepare()

    def sign_json(self, row: Sequence[str]) -> str:
        """The signed credential as compact JSON. Raises VcError with the field's path."""
        self._check(row)
        canonical = self._graph.canonical(self._escaped(row)) if self.prepared and self._suits(row) else None
        if canonical is None:
            return _compact(self._plainly(row))
        texts = [_compact(value)[1:-1] for value in row]
        proofs = [encode(self._key.sign(make(canonical, texts))) for make in self._makers]
        return self._output.fill([*texts, *proofs])

    def _plainly(self, row: Sequence[str]) -> dict[str, Any]:
        document = filled_in(self._template, self._paths, row)
        options = {"verification_method": self._method, "created": self._created, "suites": self._suites}
        return sign(document, self._key, store=self._store, limits=self._limits, **options)  # type: ignore[arg-type]

    def _check(self, row: Sequence[str]) -> None:
        if len(row) != len(self._fields):
            raise VcError("batch-row", f"a row of {len(row)} values for {len(self._fields)} fields")
        for field, value in zip(self._fields, row, strict=True):
            if not isinstance(value, str):
                raise VcError("batch-value", "a value of a batch must be text", field)

    def _escaped(self, row: Sequence[str]) -> list[str]:
        """The row as it stands between the quotes of literals; an address has nothing to escape."""
        values = []
        for field, value in zip(self._fields, row, strict=True):
            try:
                values.append(text(value)[1:-1])
            except VcError as error:
                raise error.at(field) from error
        return values

    def _suits(self, row: Sequence[str]) -> bool:
        """Whether every address of the row reads as itself, as the prepared one did."""
        for slot in self._graph.addresses:
            value = row[slot]
            scheme = value.partition(":")[0]
            known = self._schemes.get((slot, scheme))
            if known is None:
                known = self._probe(slot, scheme)
                # Made-up schemes must not fill the memory of a long batch.
                if len(self._schemes) < MAX_SCHEMES:
                    self._schemes[slot, scheme] = known
            if not known or not IRI.fullmatch(value):
                return False
        return True

    def _probe(self, slot: int, scheme: str) -> bool:
        """Whether no context takes this beginning of an address for a prefix of its own."""
        address = f"{scheme}:{self._nonce}"
        try:
            quads = to_quads(filled_in(self._template, [self._paths[slot]], [address]), self._store, self._limits)
        except VcError:
            return False
        return any(f"<{address}>" in quad for quad in quads)

    def _prepare(self) -> None:
        self._nonce = secrets.token_hex(12)
        marks = [f"urn:x-slot:{self._nonce}:{slot}:" for slot in range(len(self._fields))]
        document = filled_in(self._template, self._paths, marks)
        self.prepared = False
        try:
            self._graph = Graph(to_quads(document, self._store, self._limits), marks)
        except (Unsuited, VcError):
            return
        unsigned = Unsigned(document, self._store, self._limits)
        options = [proof_options(unsigned.context, suite, self._method, self._created) for suite in self._suites]
        body = Filled(jcs.canonical(unsigned.body).decode("utf-8"), marks)
        self._makers = [
            _maker(suite, self._options_hash(unsigned, one), body)
            for suite, one in zip(self._suites, options, strict=True)
        ]
        values = [f"urn:x-proof:{self._nonce}:{place}:" for place in range(len(options))]
        proofs = [one | {"proofValue": value} for one, value in zip(options, values, strict=True)]
        self._output = Filled(_compact(document | {"proof": proofs}), [*marks, *values])
        self.prepared = True

    def _options_hash(self, unsigned: Unsigned, options: dict[str, Any]) -> bytes:
        """The first half of what is signed: the same for every row."""
        return SUITES[options["cryptosuite"]](unsigned, options)[:32]


def _maker(suite: str, options_hash: bytes, body: Filled) -> Callable[[str, Sequence[str]], bytes]:
    """From the canonical graph and the JSON texts of a row to the 64 bytes that are signed."""
    if suite == rdfc.SUITE:
        return lambda canonical, _: options_hash + sha256(canonical.encode("utf-8")).digest()
    return lambda _, texts: options_hash + sha256(body.fill(texts).encode("utf-8")).digest()
