"""An entry as a European Learning Model document holds against the published shapes (RG-6)."""

import json
import os
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import SH

from dorobek.cli.demo.qualifications import entries
from dorobek.register.entry import Entry
from dorobek.register.entry.elm import CONTEXT, KEYWORDS, as_elm

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "elm-3"
ELM = Namespace("http://data.europa.eu/snb/model/elm/")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    file = DATA / "EDC-generic-no-cv.ttl"
    if not file.exists():
        pytest.skip("the shapes of the European Learning Model do not lie beside the project")
    return Graph().parse(file, format="turtle")


def as_graph(entry: Entry) -> Graph:
    """The document as triples, its context read from the published file instead of the network."""
    document = as_elm(entry, f"https://rejestr.example.org/rejestr/{entry.code}/")
    assert document["@context"] == [CONTEXT, KEYWORDS]
    context = json.loads((DATA / "edc-ap-context.jsonld").read_text(encoding="utf-8"))["@context"]
    return Graph().parse(data=json.dumps({**document, "@context": [context, KEYWORDS]}), format="json-ld")


def faults(entry: Entry, shapes: Graph) -> list[str]:
    _holds, report, _text = pyshacl.validate(as_graph(entry), shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    found: list[Any] = list(report.subjects(RDF.type, SH.ValidationResult))
    told = []
    for one in found:
        if report.value(one, SH.resultSeverity) == SH.Violation:
            told.append(f"{report.value(one, SH.focusNode)} {report.value(one, SH.resultPath)} "
                        f"{report.value(one, SH.resultMessage)}")  # fmt: skip
    return told


def test_the_invented_entries_hold_against_the_shapes(shapes):
    for entry in entries():
        assert not faults(entry, shapes)


def test_the_real_entry_holds_against_the_shapes(shapes, real):
    assert not faults(real.entry, shapes)


def test_a_broken_document_does_not_hold(shapes):
    """The shapes do find something: an outcome without a title."""
    graph = as_graph(next(iter(entries())))
    for outcome in graph.subjects(RDF.type, ELM.LearningOutcome):
        graph.remove((outcome, URIRef("http://purl.org/dc/terms/title"), None))
    _holds, report, _text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    assert list(report.subjects(SH.resultPath, URIRef("http://purl.org/dc/terms/title")))


def test_everything_an_entry_says_is_in_the_document(shapes):
    graph = as_graph(next(iter(entries())))
    assert len(list(graph.subjects(RDF.type, ELM.LearningOutcome))) == 4
    assert len(list(graph.subjects(RDF.type, ELM.Qualification))) == 1
