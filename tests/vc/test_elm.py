"""A credential as a European Learning Model document holds against the published shapes (MC-3)."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import SH

from dorobek.vc import elm
from dorobek.vc.badges.model import Award, Level
from dorobek.vc.badges.vocabulary import ASSESSMENTS, PARTICIPATION, SUPERVISION
from dorobek.vc.errors import VcError
from dorobek.vc.words import words
from tests.vc.samples import ACHIEVEMENT, AWARD, BARE
from tests.vc.test_baking import SVG, png

ELM = Namespace("http://data.europa.eu/snb/model/elm/")


def made(award: Award = AWARD, picture: bytes = SVG) -> dict[str, Any]:
    return elm.as_elm(award, legal_id="PL-8730000000", picture=picture)


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    if not (shared_data / "elm-3" / "EDC-generic-no-cv.ttl").exists():
        pytest.skip("the shapes of the European Learning Model do not lie beside the project")
    return shared_data


@pytest.fixture(scope="module")
def shapes(folder: Path) -> Graph:
    return Graph().parse(folder / "elm-3" / "EDC-generic-no-cv.ttl", format="turtle")


def as_graph(document: dict[str, Any], folder: Path) -> Graph:
    """The document as triples, its contexts read from the published files instead of the network."""
    assert document["@context"] == elm.CONTEXT
    files = ("contexts/2018-credentials-v1.jsonld", "elm-3/edc-ap-context.jsonld")
    contexts = [json.loads((folder / name).read_text(encoding="utf-8"))["@context"] for name in files]
    return Graph().parse(data=json.dumps({**document, "@context": contexts}), format="json-ld")


def faults(graph: Graph, shapes: Graph) -> list[str]:
    _holds, report, _text = pyshacl.validate(graph, shacl_graph=shapes, advanced=True)
    assert isinstance(report, Graph)
    found: list[Any] = list(report.subjects(RDF.type, SH.ValidationResult))
    return [
        f"{report.value(one, SH.focusNode)} {report.value(one, SH.resultPath)} {report.value(one, SH.resultMessage)}"
        for one in found
        if report.value(one, SH.resultSeverity) == SH.Violation
    ]


@pytest.mark.parametrize("award", [AWARD, BARE], ids=["full", "bare"])
def test_a_credential_holds_against_the_shapes(folder, shapes, award):
    assert not faults(as_graph(made(award), folder), shapes)


def test_a_document_without_its_issuers_number_does_not_hold(folder, shapes):
    """The shapes do find something."""
    graph = as_graph(made(), folder)
    graph.remove((None, ELM.eidasLegalIdentifier, None))
    assert faults(graph, shapes)


def test_every_mandatory_element_is_in_the_document(folder):
    graph = as_graph(made(), folder)
    assert len(list(graph.subjects(RDF.type, ELM.LearningOutcome))) == 2
    assert len(list(graph.subjects(RDF.type, ELM.LearningAssessment))) == 2
    assert str(next(graph.objects(None, ELM.EQFLevel))).endswith("/eqf/3")
    assert {str(one) for one in graph.objects(None, ELM.volumeOfLearning)} == {"P1DT6H"}  # rdflib writes 30 hours so
    notes = " ".join(str(one) for one in graph.objects(None, ELM.noteLiteral))
    for told in ("Karta oceny", "dobra", "Podstawy obsługi komputera", "Dowód osobisty"):
        assert told in notes
    assert (None, ELM.awardingBody, URIRef("did:web:akademia.example.org")) in graph
    assert "zielna@" not in json.dumps(made()).lower()


def test_a_person_reads_the_same_in_it_as_in_the_badge():
    told = words(made())
    assert (told.title, told.issuer, told.holder) == (ACHIEVEMENT.title, "Akademia Kasowa", "Maria Zielna")
    assert [one.text for one in told.able] == [one.text for one in ACHIEVEMENT.outcomes]
    assert (told.eqf, told.workload, told.ects, told.grade) == (3, 30, "1.5", "dobra")
    assert told.checked == ("zadanie praktyczne", "rozmowa")


@pytest.mark.parametrize("picture", [SVG, png()])
def test_the_picture_is_in_it_with_its_kind(picture):
    shown = made(picture=picture)["displayParameter"]["individualDisplay"][0]["displayDetail"][0]["image"]
    assert shown["contentType"]["id"].endswith("SVG" if picture == SVG else "PNG")


def test_every_code_of_the_lists_can_be_told(folder, shapes):
    graph = Graph()
    for code in PARTICIPATION:
        every = replace(ACHIEVEMENT.assessment, types=tuple(ASSESSMENTS), supervision="unsupervised")
        changed = replace(ACHIEVEMENT, participation=code, assessment=every, level=Level(eqf=5))
        graph = as_graph(made(replace(AWARD, achievement=changed)), folder)
    assert len(SUPERVISION) == 4
    assert not faults(graph, shapes)


def test_what_cannot_be_told_is_refused():
    with pytest.raises(VcError, match="legal identifier"):
        elm.as_elm(AWARD, legal_id=" ", picture=SVG)
    with pytest.raises(VcError):
        made(replace(AWARD, achievement=replace(ACHIEVEMENT, hours=0)))
