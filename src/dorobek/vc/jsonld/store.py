"""The contexts a document may name: those that ship here, and those a caller adds. Nothing is fetched."""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld import tables
from dorobek.vc.jsonld.terms import Active

_FOLDER = resources.files("dorobek.vc.jsonld") / "contexts"


class ContextStore:
    """Context documents by address. What was compiled from them is remembered here, within bounds."""

    def __init__(self, contexts: Mapping[str, Any]) -> None:
        self._contexts = dict(contexts)
        self.empty = Active()
        self.remembered: dict[tuple[int, str], tuple[Active, Active]] = {}

    def context(self, url: str) -> Any:
        """The value of `@context` there; VcError `unknown-context`."""
        if url not in self._contexts:
            raise VcError("unknown-context", f"the context {url[:200]} is not known here, and none is fetched")
        return self._contexts[url]

    def with_extra(self, documents: Mapping[str, Any]) -> "ContextStore":
        """A new store that knows `documents` (address: document with `@context`) as well."""
        return ContextStore(self._contexts | {url: document["@context"] for url, document in documents.items()})

    @property
    def urls(self) -> Iterable[str]:
        return self._contexts.keys()


@cache
def _table(name: str) -> Any:
    return tables.expanded(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def _shipped() -> ContextStore:
    index = json.loads((_FOLDER / "index.json").read_text(encoding="utf-8"))
    return ContextStore({url: _table(name) for url, name in index.items()})


SHIPPED = _shipped()
