"""An entry with skills of ESCO still holds against the published shapes of the European Learning Model (RG-6, RG-7)."""

import json
import os
from pathlib import Path

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from dorobek.cli.demo.qualifications import entries
from dorobek.register.entry.elm import KEYWORDS, as_elm

ROOT = Path(__file__).parent.parent.parent
DATA = Path(os.environ.get("SHARED_DATA", ROOT.parent / "shared" / "data")) / "elm-3"
SKILL = "http://data.europa.eu/esco/skill/1"
RELATED = URIRef("http://data.europa.eu/snb/model/elm/relatedESCOSkill")


def test_linked_skills_hold_against_the_shapes():
    if not (DATA / "EDC-generic-no-cv.ttl").exists():
        pytest.skip("the shapes of the European Learning Model do not lie beside the project")
    document = as_elm(
        next(iter(entries())),
        "https://rejestr.example.org/90001/",
        {"1.1": [(SKILL, "obsługiwać kasę", "operate a till")]},
    )
    context = json.loads((DATA / "edc-ap-context.jsonld").read_text(encoding="utf-8"))["@context"]
    graph = Graph().parse(data=json.dumps({**document, "@context": [context, KEYWORDS]}), format="json-ld")
    assert list(graph.objects(None, RELATED)) == [URIRef(SKILL)]
    shapes = Graph().parse(DATA / "EDC-generic-no-cv.ttl", format="turtle")
    _holds, report, text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    assert not list(report.subjects(SH.resultSeverity, SH.Violation)), text
