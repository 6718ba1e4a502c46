"""The contexts that ship mean what the published ones mean."""

from typing import Any

import pytest

from dorobek.vc.errors import VcError
from dorobek.vc.jsonld.context import process
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.jsonld.store import SHIPPED, ContextStore
from dorobek.vc.jsonld.terms import UNSET, Active
from tests.vc.data import OFFICIAL, official

OWN = "https://w3id.org/dorobek/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


class Unbounded:
    def spend(self, work: int) -> None: ...


def meaning(active: Active, store: ContextStore, outer: Active | None = None) -> dict[str, Any]:
    """Every term with what its own context adds to it, in a form that does not depend on how it is written."""
    known = outer.terms if outer else {}
    found: dict[str, Any] = {"@vocab": active.vocab}
    for name, term in active.terms.items():
        if term is known.get(name):
            continue
        facts = (term.iri, term.type, sorted(term.container), term.language, term.prefix, term.protected, term.index)
        inner: Any = UNSET
        if term.context is not UNSET:
            inner = meaning(process(active, term.context, store, Unbounded(), override=True), store, active)
        found[name] = (facts, inner)
    return found


@pytest.mark.parametrize("url", OFFICIAL)
def test_a_shipped_context_defines_every_term_as_the_published_one(url: str) -> None:
    published = SHIPPED.with_extra(official())
    ours = process(Active(), url, SHIPPED, Unbounded())
    theirs = process(Active(), url, published, Unbounded())
    assert len(theirs.terms) > 3
    assert meaning(ours, SHIPPED) == meaning(theirs, published)


def test_the_comparison_of_contexts_sees_a_difference_deep_inside() -> None:
    documents = official()
    achievement = documents[OB]["@context"]["Achievement"]["@context"]
    achievement["tag"] = {"@id": "https://schema.org/keyword", "@container": "@set"}
    changed = SHIPPED.with_extra(documents)
    ours = process(Active(), OB, SHIPPED, Unbounded())
    assert meaning(ours, SHIPPED) != meaning(process(Active(), OB, changed, Unbounded()), changed)


@pytest.mark.parametrize("url", sorted(SHIPPED.urls))
def test_every_shipped_context_can_be_read(url: str) -> None:
    assert process(Active(), url, SHIPPED, Unbounded()).terms


def test_the_own_context_goes_with_open_badges_and_carries_what_they_lack() -> None:
    document = {
        "@context": [V2, OB, OWN],
        "id": "urn:uuid:0b7f8f6e-2f0c-4f0e-8a52-5d3d6a4f5a11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            "type": "AchievementSubject",
            "achievement": {
                "id": "urn:uuid:5a6f8f6e-2f0c-4f0e-8a52-5d3d6a4f5a12",
                "type": "Achievement",
                "workloadHours": 30,
                "prkLevel": 4,
                "eqfLevel": 4,
                "participationForm": "mixed",
                "assessmentType": "interview",
                "qualityAssurance": "external",
                "identityCheck": "document",
                "stackability": "stackable",
                "stacksInto": "https://example.org/q/1",
            },
        },
    }
    said = {(p, o) for _, p, o, _ in to_quads(document)}
    own = "https://w3id.org/dorobek/vocab#"
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    assert (f"<{own}workloadHours>", f'"30"^^<{integer}>') in said
    assert (f"<{own}eqfLevel>", f'"4"^^<{integer}>') in said
    assert (f"<{own}assessmentType>", '"interview"') in said
    assert (f"<{own}stacksInto>", "<https://example.org/q/1>") in said


def test_a_context_that_does_not_ship_is_named_and_not_fetched() -> None:
    with pytest.raises(VcError) as caught:
        to_quads({"@context": [V2, "https://example.org/c/v1"], "id": "urn:a:b"})
    assert (caught.value.code, caught.value.path) == ("unknown-context", "@context")
    assert "https://example.org/c/v1" in caught.value.message


def test_a_context_that_asks_for_too_much_work_is_stopped() -> None:
    many = {f"t{n}": {"@id": f"urn:t:{n}", "@context": {f"u{n}": f"urn:u:{n}"}} for n in range(2_000)}
    document = {"@context": many, "@id": "urn:a:b", "@type": [f"t{n}" for n in range(2_000)]}
    with pytest.raises(VcError) as caught:
        to_quads(document)
    assert caught.value.code == "context-work"
