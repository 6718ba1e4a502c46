"""Nothing of a document is left out of its graph in silence: each such thing is refused, with its place."""

from typing import Any

import pytest

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.jsonld.quads import to_quads
from dorobek.vc.limits import Limits
from dorobek.vc.rdf.nquads import Quad

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
VOCAB = {"@vocab": "urn:v:"}
KEYS = {"id": "@id", "type": "@type"}


def badge(**more: Any) -> dict[str, Any]:
    base: dict[str, Any] = {
        "@context": [V2, OB],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {"type": "AchievementSubject", "achievement": {"id": "urn:a:1", "type": "Achievement"}},
    }
    return base | more


def subject(**more: Any) -> dict[str, Any]:
    return badge(credentialSubject={"type": ["AchievementSubject"], **more})


CASES: list[tuple[dict[str, Any], str, str]] = [
    (badge(undefined=1), "undefined-term", "undefined"),
    (subject(achievement={"type": "Achievement", "nme": "x"}), "undefined-term", "credentialSubject.achievement.nme"),
    (badge(achievement={}), "undefined-term", "achievement"),
    (badge(type=["VerifiableCredential", "Unknown"]), "undefined-term", "type"),
    (badge(type=["VerifiableCredential", "a/b:c d"]), "relative-iri", "type"),
    (badge(type=["VerifiableCredential", 1]), "type", "type"),
    (badge(type={"a": 1}), "type", "type"),
    (badge(type=None), "type", "type"),
    (badge(id=None), "id", "id"),
    (badge(id=5), "id", "id"),
    (badge(id=["urn:a:b"]), "id", "id"),
    (badge(id="relative/path"), "relative-iri", "id"),
    (badge(id=""), "empty-id", "id"),
    (badge(id="urn:a:> <urn:b:b> <urn:c:c> .\n<x"), "invalid-iri", "id"),
    (badge(id="http://a.example/a b"), "invalid-iri", "id"),
    (badge(id="http://a.example/\ud800"), "invalid-iri", "id"),
    (badge(issuer="relative"), "relative-iri", "issuer"),
    (badge(issuer=["urn:a:b", {"id": "x"}]), "relative-iri", "issuer[1].id"),
    (badge(name=None), "null-value", "name"),
    (badge(name=["a", None]), "null-value", "name[1]"),
    (badge(name={"@value": None}), "null-value", "name"),
    (badge(name={"@value": "x", "@language": "not a tag"}), "language", "name"),
    (badge(name={"@value": "x", "@language": 5}), "language", "name"),
    (badge(name={"@value": 5, "@language": "pl"}), "language", "name"),
    (badge(name={"@value": "x", "@direction": "up"}), "language", "name"),
    (badge(name={"@value": "x", "@type": "relative"}), "relative-iri", "name"),
    (badge(name={"@value": "x", "@type": "urn:a:b", "@language": "pl"}), "value", "name"),
    (badge(name={"@value": ["x"]}), "value", "name"),
    (badge(name={"@value": "x", "id": "urn:a:b"}), "value", "name.id"),
    (badge(name={"@language": "pl"}), "value", "name"),
    (badge(name="\ud800"), "text", "name"),
    (badge(name="\uffff"), "text", "name"),
    (badge(name=float("nan")), "number", "name"),
    (badge(name=2**53), "number", "name"),
    (badge(name=1e30), "number", "name"),
    (badge(name=b"x"), "value", "name"),
    (badge(proof="urn:a:b"), "empty-node", "proof"),
    (badge(proof={}), "empty-node", "proof"),
    (badge(proof=[{"type": "DataIntegrityProof"}, {"id": "urn:a:b"}]), "empty-node", "proof[1]"),
    (badge(**{"@graph": []}), "unsupported-keyword", "@graph"),
    (badge(**{"@reverse": {}}), "unsupported-keyword", "@reverse"),
    (badge(**{"@index": "x"}), "unsupported-keyword", "@index"),
    (badge(**{"_:b": "x"}), "blank-node", "_:b"),
    (badge(**{"@foo": "x"}), "undefined-term", "@foo"),
    (badge(**{"@id": "urn:a:b"}), "colliding-keywords", "id"),
    (badge(**{"@type": "Achievement"}), "colliding-keywords", "type"),
    (badge(**{"@context": [V2, "https://example.org/unknown"]}), "unknown-context", "@context"),
    (badge(**{"@context": [V2, OB, {"name": "urn:x:other"}]}), "protected-term", "@context"),
    (badge(**{"@context": [V2, OB, None]}), "protected-term", "@context"),
    (badge(**{"@context": [V2, OB, 5]}), "invalid-context", "@context"),
    (badge(**{"@context": [V2, OB, {"x": 5}]}), "invalid-context", "@context"),
    (badge(**{"@context": [V2, OB, {"x": "relative"}]}), "invalid-context", "@context"),
    (badge(**{"@context": [V2, OB, {"a": "b:c", "b": "a:d"}]}), "invalid-context", "@context"),
    (badge(**{"@context": [V2, OB, {"@import": V2}]}), "unsupported-context", "@context"),
    (badge(**{"@context": [V2, OB, {"@base": "https://a.example/"}]}), "unsupported-context", "@context"),
    (badge(**{"@context": [V2, OB, {"x": {"@reverse": "urn:a:b"}}]}), "unsupported-context", "@context"),
    (badge(**{"@context": [V2, OB, {"@language": "not a tag"}]}), "language", "@context"),
    (subject(**{"@context": {"type": "urn:x:t"}}), "protected-term", "credentialSubject.@context"),
    ({"id": "urn:a:b", "name": "x"}, "undefined-term", "id"),
    ({"@context": [V2, OB], "id": "urn:a:b"}, "empty-node", ""),
    ({}, "empty-node", ""),
]


@pytest.mark.parametrize(("document", "code", "path"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_what_would_be_left_out_is_refused_with_its_place(document: dict[str, Any], code: str, path: str) -> None:
    with pytest.raises(VcError) as caught:
        to_quads(document)
    assert (caught.value.code, caught.value.path) == (code, path)


@pytest.mark.parametrize("document", [[], "x", None, 5])
def test_a_document_is_an_object(document: Any) -> None:
    with pytest.raises(VcError):
        to_quads(document)


def nested(levels: int) -> dict[str, Any]:
    inner: Any = "end"
    for _ in range(levels):
        inner = {"p": inner}
    return {"@context": VOCAB, "p": inner}


@pytest.mark.parametrize(
    ("document", "limits", "code"),
    [
        (nested(100), Limits(), "depth"),
        (nested(100_000), Limits(), "depth"),
        ({"@context": VOCAB, "p": [{"p": 1}] * 20}, Limits(quads=20), "quads"),
        ({"@context": VOCAB, "p": [{}] * 20}, Limits(blank_nodes=20), "blank-nodes"),
        ({"@context": VOCAB, "p": ["x"] * 20}, Limits(array=19), "array"),
        ({"@context": VOCAB, "p": {"@list": ["x"] * 20}}, Limits(array=19), "array"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_document_that_is_too_large_is_told_so(document: dict[str, Any], limits: Limits, code: str) -> None:
    with pytest.raises(TooMuch) as caught:
        to_quads(document, limits=limits)
    assert caught.value.code == code


def objects(value: Any, *, term: Any = None, **context: Any) -> list[str]:
    """What a property `p` of one node is said to be."""
    own = {"p": term} if term else {}
    quads = to_quads({"@context": {**VOCAB, **KEYS, **own, **context}, "id": "urn:a:1", "q": 1, "p": value})
    return [o for s, p, o, _ in quads if s == "<urn:a:1>" and not p.endswith(":q>")]


XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("value", "term", "written"),
    [
        (True, None, f'"true"^^<{XSD}boolean>'),
        (42, None, f'"42"^^<{XSD}integer>'),
        (42.0, None, f'"42"^^<{XSD}integer>'),
        (0.1, None, f'"1.0E-1"^^<{XSD}double>'),
        (-1234.5, None, f'"-1.2345E3"^^<{XSD}double>'),
        (42, {"@type": f"{XSD}double"}, f'"4.2E1"^^<{XSD}double>'),
        (0.5, {"@type": f"{XSD}float"}, f'"5.0E-1"^^<{XSD}float>'),
        ("x", {"@type": f"{XSD}string"}, '"x"'),
        ("x", {"@language": "PL"}, '"x"@pl'),
        ("x", {"@language": "pl", "@direction": "rtl"}, '"x"^^<https://www.w3.org/ns/i18n#pl_rtl>'),
        ({"@value": "x", "@direction": "ltr"}, None, '"x"^^<https://www.w3.org/ns/i18n#_ltr>'),
        ("urn:b:2", {"@type": "@id"}, "<urn:b:2>"),
        ("word", {"@type": "@vocab"}, "<urn:v:word>"),
        ({"b": [1, True, None], "a": "ż"}, {"@type": "@json"},
         '"{\\"a\\":\\"ż\\",\\"b\\":[1,true,null]}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>'),
        ([], {"@container": "@list"}, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"),
        ("\t\"\\\x00\x7f", None, '"\\t\\"\\\\\\u0000\\u007F"'),
    ],
)  # fmt: skip
def test_a_value_is_written_as_the_standard_has_it(value: Any, term: Any, written: str) -> None:
    assert objects(value, term=term) == [written]


def test_text_under_languages_is_read_with_each_language() -> None:
    said = objects({"PL": ["a", "b"], "@none": "c"}, term={"@container": "@language"})
    assert said == ['"a"@pl', '"b"@pl', '"c"']


def test_a_proof_stands_in_a_graph_of_its_own() -> None:
    quads = to_quads(badge(proof={"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}))
    link = next(quad for quad in quads if quad[1] == "<https://w3id.org/security#proof>")
    inside: list[Quad] = [quad for quad in quads if quad[3]]
    assert {quad[3] for quad in inside} == {link[2]}
    assert "<https://w3id.org/security#assertionMethod>" in {quad[2] for quad in inside}
    assert all(quad[0] != link[2] for quad in inside)


def test_a_blank_node_named_like_ours_is_not_taken_for_another() -> None:
    quads = to_quads({"@context": {**VOCAB, **KEYS}, "p": {"id": "_:b0", "q": 1}, "r": {"id": "_:b0", "s": 1}, "t": {}})
    names = {quad[0] for quad in quads} | {quad[2] for quad in quads if quad[2].startswith("_:")}
    assert len(names) == 3


def test_terms_of_a_type_end_below_it() -> None:
    with pytest.raises(VcError) as caught:
        to_quads(subject(achievement={"id": "urn:a:1", "creator": {"id": "urn:p:1", "humanCode": "x"}}))
    assert caught.value.path == "credentialSubject.achievement.creator"
    with pytest.raises(VcError) as caught:
        to_quads(
            subject(
                achievement={"type": "Achievement", "creator": {"id": "urn:p:1", "type": "Profile", "humanCode": "x"}}
            )
        )
    assert caught.value.path == "credentialSubject.achievement.creator.humanCode"
