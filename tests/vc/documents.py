"""Documents made up for comparison with other programs: sensible and senseless ones over the shipped contexts."""

from typing import Any

from hypothesis import strategies as st

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_1 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
SUITE = "https://w3id.org/security/suites/ed25519-2020/v1"
OWN = "https://w3id.org/dorobek/v1"

INLINE: list[Any] = [
    {"@vocab": "https://vocab.example/#"},
    {"ex": "https://ex.example/", "title": "ex:title", "ref": {"@id": "ex:ref", "@type": "@id"}},
    {"steps": {"@id": "urn:x:steps", "@container": "@list"}, "raw": {"@id": "urn:x:raw", "@type": "@json"}},
    {"said": {"@id": "urn:x:said", "@container": "@language"}, "double": {"@id": "urn:x:d", "@type": "xsd:double"},
     "xsd": "http://www.w3.org/2001/XMLSchema#"},
    {"Course": {"@id": "urn:x:Course", "@context": {"title": "urn:x:inner-title", "part": {"@id": "urn:x:part"}}}},
    {"part": {"@id": "urn:x:outer-part", "@context": {"title": {"@id": "urn:x:part-title", "@language": "pl"}}}},
    {"steps": {"@id": "urn:x:steps", "@type": "@id", "@container": ["@set"]}, "@language": "EN"},
    {"raw": {"@id": "urn:x:raw", "@type": "@vocab"}, "title": {"@id": "urn:x:t", "@direction": "rtl"}},
    {"part": {"@id": "urn:x:graph", "@container": ["@graph", "@set"]}, "nothing": None, "kind": "@type", "key": "@id"},
    {"Course": {"@id": "urn:x:Course", "@context": {"@propagate": True, "title": "urn:x:deep"}}},
    {"part": {"@id": "urn:x:part", "@context": None}},
    {"@propagate": False, "title": "urn:x:not-below"},
]  # fmt: skip
REMOTE = [V2, V1, OB, OB_1, EXTENSIONS, SUITE, OWN]
_KEYS = (
    "name description credentialSubject achievement criteria alignment issuer evidence proof result tag image type"
    " identifier value creditsEarned hashed narrative proofPurpose verificationMethod created achievementType creator"
    " resultDescription allowedValue validFrom related otherIdentifier jsonSchema verifiableCredential credentialStatus"
    " title ref steps raw said double part kind nothing ex:free https://free.example/p workload assessmentType"
    " statusListIndex statusMessage _sd"
)
_TYPES = (
    "VerifiableCredential OpenBadgeCredential AchievementCredential AchievementSubject Achievement Profile Alignment"
    " Evidence Result ResultDescription IdentityObject Image VerifiablePresentation DataIntegrityProof JsonSchema"
    " Ed25519Signature2020 BitstringStatusListEntry Course urn:x:Free ex:Compact Undefined"
)
KEYS, TYPES = _KEYS.split(), _TYPES.split()
IDS = ["urn:x:1", "https://a.example/1", "ex:one", "_:b0", "_:x", "did:example:1#k", "relative", "http://a.example/ś"]
WORDS = ["", "a", "Zażółć", '"quoted"\n\\', "\x00\x1f\x7f", "urn:x:2", "assertionMethod", "ex:two", "interview", "€😀"]

scalars = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(IDS),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=6),
    st.booleans(),
    st.integers(-(2**53) + 1, 2**53 - 1),
    st.sampled_from([0.5, -1.25, 3.0, 1234.5678, 0.000123]),
)
value_objects = st.fixed_dictionaries(
    {"@value": st.one_of(scalars, st.none())},
    optional={
        "@language": st.sampled_from(["pl", "EN-gb", "not a tag", ""]),
        "@direction": st.sampled_from(["ltr", "rtl", "up"]),
        "@type": st.sampled_from(["urn:x:type", "xsd:date", "@json", "relative"]),
    },
)
language_maps = st.dictionaries(
    st.sampled_from(["pl", "en", "@none", "xx-1-2", "bad tag"]), st.sampled_from(WORDS), max_size=3
)
types = st.one_of(st.sampled_from(TYPES), st.lists(st.sampled_from(TYPES), max_size=3))
usual_types = st.one_of(st.sampled_from(TYPES[:-3]), st.lists(st.sampled_from(TYPES[:-3]), min_size=1, max_size=3))
contexts = st.one_of(
    st.sampled_from(REMOTE),
    st.lists(st.one_of(st.sampled_from(REMOTE), st.sampled_from(INLINE)), max_size=4),
    st.sampled_from(INLINE),
)  # fmt: skip


def _nodes(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    members = st.dictionaries(st.sampled_from(KEYS), values, max_size=4)
    named = st.fixed_dictionaries(
        {}, optional={"id": st.sampled_from(IDS), "type": types, "@id": st.sampled_from(IDS), "@type": types}
    )
    nested = st.fixed_dictionaries({}, optional={"@context": contexts})
    usual = st.fixed_dictionaries({}, optional={"id": st.sampled_from(IDS[:4]), "type": usual_types})
    return st.tuples(members, st.one_of(*[usual] * 9, named), st.one_of(*[st.just({})] * 4, nested)).map(
        lambda parts: parts[0] | parts[1] | parts[2]
    )


_values = st.recursive(
    st.one_of(scalars, scalars, value_objects, language_maps),
    lambda below: st.one_of(
        _nodes(below), _nodes(below), st.lists(below, max_size=3), st.fixed_dictionaries({"@list": st.lists(below, max_size=3)}),
        st.fixed_dictionaries({"@set": st.lists(below, max_size=3)}),
    ),
    max_leaves=12,
)  # fmt: skip

_base = st.sampled_from(
    [[V2, OB], [V2, OB, OWN], [V1, OB_1, SUITE], [V2, OB, EXTENSIONS], [{"id": "@id", "type": "@type"}]]
)
_inline = st.lists(st.sampled_from(INLINE), max_size=3)
_first = st.tuples(_base, st.sampled_from([[], INLINE[:1], INLINE[:1]]), _inline).map(
    lambda parts: [*parts[0], *parts[1], *parts[2]]
)
documents = st.tuples(_first, _nodes(_values), st.sampled_from(IDS[:2]), usual_types).map(
    lambda parts: {"type": parts[3], **parts[1], "@context": parts[0], "id": parts[2]}
)
