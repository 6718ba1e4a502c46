"""The same quads as npm's jsonld in safe mode, and never an answer where it refuses."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED
from dorobek.vc.rdf.nquads import Quad, write
from dorobek.vc.rdf.rdfc import canonicalise
from tests.vc.data import paths, read
from tests.vc.documents import documents
from tests.vc.reference import Reference, running

EXAMPLES = int(os.environ.get("DOROBEK_FUZZ_EXAMPLES", "300"))

# where we refuse on purpose what the reference takes: null and other things it leaves out, what we do not support,
# characters and numbers that programs write differently
STRICTER = {
    "null-value", "empty-id", "invalid-iri", "unsupported-keyword", "unsupported-container", "unsupported-context", "colliding-keywords",
    "number", "text", "empty-node", "value", "blank-node", "language",
}  # fmt: skip


@pytest.fixture(scope="module")
def reference() -> Iterator[Reference]:
    documents = {url: {"@context": SHIPPED.context(url)} for url in SHIPPED.urls}
    with running(documents) as found:
        yield found


def ours(document: dict[str, Any]) -> tuple[str | None, VcError | None]:
    try:
        return canonicalise(to_quads(document)), None
    except VcError as error:
        return None, error


def _quirk(document: dict[str, Any], theirs: str) -> bool:
    """Where the reference leaves a statement in twice (empty lists), or takes texts of two directions for one."""
    return len(set(theirs.splitlines())) < theirs.count("\n") or "@direction" in json.dumps(document)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 1000)
@given(document=documents)
def test_documents_become_the_quads_of_the_reference(reference: Reference, document: dict[str, Any]) -> None:
    theirs, refusal = reference.ask(document=document)
    text, error = ours(document)
    if text is not None:
        assert theirs is not None, refusal
        if not _quirk(document, theirs):
            assert theirs == text
    elif theirs and not isinstance(error, TooMuch):
        assert error is not None
        assert error.code in STRICTER, f"{error.code} {error} {theirs}"


@pytest.mark.parametrize("path", paths("openbadges-3", "*.json"), ids=lambda path: path.stem)
def test_badges_become_the_quads_of_the_reference(reference: Reference, path: Any) -> None:
    document = read(path)
    theirs, refusal = reference.ask(document=document)
    text, _ = ours(document)
    assert text == theirs, refusal


_nodes = st.sampled_from(["_:a", "_:b", "_:c", "_:d", "_:e", "<urn:x:1>"])
_objects = st.one_of(
    _nodes, st.sampled_from(['"text"', '"a"@pl', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '"\\u0000\\n"'])
)
_graphs = st.lists(
    st.tuples(_nodes, st.sampled_from(["<urn:p:1>", "<urn:p:2>"]), _objects, st.sampled_from(["", "", "_:g", "_:a", "<urn:g:1>"])),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=EXAMPLES < 1000)
@given(graph=_graphs)
def test_graphs_have_the_canonical_form_of_the_reference(reference: Reference, graph: list[Quad]) -> None:
    text, _ = reference.ask(nquads=write(graph))
    if text is not None:
        assert canonicalise(graph) == text
