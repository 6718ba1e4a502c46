"""Altered structures of every fixture and of documents signed here: no crash, no hang, and nothing altered is accepted.

Beside the bytes of `test_verify_fuzz`: members moved, doubled, renamed, emptied, put into lists or taken out of them,
proofs swapped and mixed, contexts changed, parts of one document put into another. Pictures and presentations as well.
Short by default; `DOROBEK_FUZZ_SECONDS` gives it longer. A failure names the seed that repeats it.
"""

import base64
import copy
import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from dorobek.vc import jsonstrict
from dorobek.vc.badges import baking
from dorobek.vc.errors import VcError
from dorobek.vc.fetching import FixedFetcher
from dorobek.vc.presenting import Asked, verify_presentation
from dorobek.vc.proofs import jwt
from dorobek.vc.verifying import verify

from .material import DATA, KEY, METHOD, NOW, V2, badge, signed, text
from .test_baking import SVG, png
from .test_openbadges_fixtures import EXPECTED, issuers
from .test_presenting import presentation, presented
from .test_verify_fuzz import FIRST_SEED, SECONDS, meaning, mutated

Place = tuple[Any, Any]
SLOWEST = 10.0  # seconds of the thread's own clock: a sign that something does not end
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 1.5, 2**53, "", " ", "x", "did:example:x", "https://x.example/", [], {}, [[]], [{}],
    "2026-11-01T00:00:00Z", {"@value": "x"}, {"@id": "https://x.example/"}, {"@list": ["x"]}, {"@set": []}, {"@none": 1},
    {"@context": {"name": "https://x.example/name"}}, {"@context": None}, "\u0000", "\ud800", "ż" * 500, V2, "@type",
]  # fmt: skip
KEYS = [
    "@context", "@id", "@type", "@graph", "@included", "@reverse", "@index", "@nest", "@json", "id", "type", "proof",
    "issuer", "credentialSubject", "credentialStatus", "name", "nonsense", "", "urn:x:y", "__proto__",
]  # fmt: skip


def fixtures() -> dict[str, Any]:
    """Every document that may be altered, whole: valid ones and others."""
    found: dict[str, Any] = {
        "both": signed(),
        "rdf": signed(suites=("eddsa-rdfc-2022",)),
        "jcs": signed(suites=("eddsa-jcs-2022",)),
        "rich": signed(badge(evidence=[{"type": ["Evidence"], "name": "a"}, {"type": ["Evidence"], "name": "b"}])),
    }
    for name in EXPECTED:
        path = DATA / "openbadges-3" / name
        if path.suffix == ".json" and path.exists():
            found[name] = json.loads(path.read_text(encoding="utf-8"))
    return found


FIXTURES = fixtures()
SHARE = SECONDS / (len(FIXTURES) + 4)


def places(value: Any) -> list[Place]:
    """Every container with a key or index in it."""
    if isinstance(value, dict):
        return [(value, key) for key in value] + [place for inner in value.values() for place in places(inner)]
    if isinstance(value, list):
        return [(value, at) for at in range(len(value))] + [place for inner in value for place in places(inner)]
    return []


def altered(document: Any, chance: random.Random) -> Any:
    """A copy with one to three changes of its structure."""
    made = copy.deepcopy(document)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        spots = places(made)
        if not spots:
            break
        chance.choice(WAYS)(made, *chance.choice(spots), chance)
    return made


def put(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    held[key] = copy.deepcopy(chance.choice(VALUES))


def cut(_all: Any, held: Any, key: Any, _chance: random.Random) -> None:
    del held[key]


def wrap(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    held[key] = chance.choice([lambda one: [one], lambda one: {"@value": one}, lambda one: {"@graph": [one]}])(
        held[key]
    )


def unwrap(_all: Any, held: Any, key: Any, _chance: random.Random) -> None:
    if isinstance(held[key], list) and held[key]:
        held[key] = held[key][0]


def add(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    target = held[key] if isinstance(held[key], dict) else held
    if isinstance(target, dict):
        target[chance.choice(KEYS)] = copy.deepcopy(chance.choice(VALUES))
    else:
        target.insert(chance.randrange(len(target) + 1), copy.deepcopy(chance.choice(VALUES)))


def rename(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    if isinstance(held, dict):
        held[chance.choice([*KEYS, *held])] = held.pop(key)


def swap(everything: Any, held: Any, key: Any, chance: random.Random) -> None:
    other, there = chance.choice(places(everything))
    held[key], other[there] = copy.deepcopy(other[there]), copy.deepcopy(held[key])


def shuffle(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    if isinstance(held[key], list):
        chance.shuffle(held[key])
    elif isinstance(held[key], dict):
        items = list(held[key].items())
        chance.shuffle(items)
        held[key] = dict(items)


def double(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    if isinstance(held, list):
        held.insert(chance.randrange(len(held) + 1), copy.deepcopy(held[key]))


def letter(_all: Any, held: Any, key: Any, chance: random.Random) -> None:
    value = held[key]
    if isinstance(value, str) and value:
        at = chance.randrange(len(value))
        held[key] = value[:at] + chance.choice("aZ0 żé\u0301/#:") + value[at + 1 :]


def transplant(everything: Any, held: Any, key: Any, chance: random.Random) -> None:
    """A part of another document: its proof, its issuer, its subject, its context."""
    other = FIXTURES[chance.choice(list(FIXTURES))]
    name = chance.choice(["proof", "issuer", "credentialSubject", "@context", "id", "validFrom"])
    if isinstance(everything, dict) and name in other:
        everything[name] = copy.deepcopy(other[name])


WAYS: list[Callable[[Any, Any, Any, random.Random], None]] = [
    put, cut, wrap, unwrap, add, rename, swap, shuffle, double, letter, letter, transplant,
]  # fmt: skip


def is_one_of(raw: str, originals: list[str]) -> bool:
    """Whether it means what one of these means; some of them mean nothing that could be read."""
    graph, said = meaning(raw)
    for original in originals:
        try:
            signed_graph, old = meaning(original)
        except VcError:
            continue
        # Anybody can take one of several proofs away; what stays must cover the whole document.
        if graph == signed_graph and said and said <= old:
            return True
    return False


def repeated(name: str, seconds: float, attempt: Callable[[random.Random], None]) -> None:
    """For so long, each attempt from a seed of its own and each ends."""
    until, seed = time.monotonic() + seconds, FIRST_SEED
    while time.monotonic() < until:
        started = time.thread_time()
        try:
            attempt(random.Random(f"{name} {seed}"))
        except Exception as error:
            raise AssertionError(f"{name}, seed {seed}: {error!r}") from error
        assert time.thread_time() - started < SLOWEST, f"{name}, seed {seed}: took too long"
        seed += 1
    assert seed > FIRST_SEED


@pytest.mark.parametrize("name", FIXTURES)
def test_altered_structures_neither_crash_nor_hang_nor_pass(name: str) -> None:
    pages, whole = FixedFetcher(issuers()), text(FIXTURES[name])
    originals = [whole] + [text(one) for other, one in FIXTURES.items() if other != name]

    def attempt(chance: random.Random) -> None:
        raw = json.dumps(altered(FIXTURES[name], chance))
        if verify(raw, now=NOW, fetcher=pages).valid:
            # Parts of other documents may put together one of those: then it must be that one.
            assert is_one_of(raw, originals), f"an altered document passed: {raw}"

    repeated(name, SHARE, attempt)


def test_altered_tokens_neither_crash_nor_pass() -> None:
    token = jwt.sign(badge(), KEY, verification_method=METHOD)
    parts = [json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2]]

    def attempt(chance: random.Random) -> None:
        changed = altered(parts, chance)
        first = (base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in changed[:2])
        raw = ".".join([*first, token.split(".")[2]])
        assert not verify(raw, now=NOW).valid, f"an altered token passed: {changed}"

    assert verify(token, now=NOW).valid
    repeated("token", SHARE, attempt)


def test_altered_presentations_neither_crash_nor_hang_nor_pass() -> None:
    whole = presented(presentation(signed(), signed(suites=("eddsa-jcs-2022",))))
    asked = Asked(challenge="wyzwanie-1", domain="sprawdza.example")

    def attempt(chance: random.Random) -> None:
        made = altered(whole, chance)
        shown = verify_presentation(json.dumps(made), now=NOW, asked=asked)
        if shown.decided == "valid":
            assert is_one_of(json.dumps(made), [text(whole)]), f"an altered presentation passed: {made}"

    assert verify_presentation(text(whole), now=NOW, asked=asked).decided == "valid"
    repeated("presentation", SHARE, attempt)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_altered_pictures_neither_crash_nor_carry_an_altered_credential(kind: str) -> None:
    original = text(signed())
    picture = baking.bake(png() if kind == "png" else SVG, original)

    def attempt(chance: random.Random) -> None:
        try:
            found = baking.unbake(mutated(picture, chance))
        except VcError:
            return
        if verify(found, now=NOW).valid:
            assert is_one_of(found, [original]), f"an altered picture passed: {found}"

    assert jsonstrict.parse(baking.unbake(picture)) == jsonstrict.parse(original)
    repeated(kind, SHARE, attempt)
