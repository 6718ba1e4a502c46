"""RDFC-1.0 against the vectors of W3C, in time, and against laws that hold for every graph."""

import csv
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dorobek.vc.errors import TooMuch, VcError
from dorobek.vc.limits import Limits
from dorobek.vc.rdf import nquads
from dorobek.vc.rdf.nquads import Quad
from dorobek.vc.rdf.rdfc import canonical_ids, canonicalise
from tests.measuring import times_fixed_work
from tests.vc.data import DATA, folder, read

VECTORS = DATA / "rdf-canon" / "rdfc10"
MANIFEST = DATA / "rdf-canon" / "manifest.csv"


def rows() -> list[dict[str, str]]:
    if not MANIFEST.exists():
        return []
    with MANIFEST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def load(name: str) -> list[Quad]:
    with (VECTORS / name).open(encoding="utf-8", newline="") as lines:
        return nquads.parse(lines.read())


def algorithm(row: dict[str, str]) -> Any:
    return row["hashAlgorithm"].lower() or "sha256"


def test_all_the_published_vectors_are_at_hand() -> None:
    folder("rdf-canon")
    assert len(rows()) == 65
    assert sum(row["rdfc10map"] == "TRUE" for row in rows()) == 21


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['test']} {row['name']}")
def test_a_vector_has_its_canonical_form(row: dict[str, str]) -> None:
    quads = load(f"{row['test']}-in.nq")
    if "Negative" in row["rdfc10"]:
        with pytest.raises(TooMuch) as caught:
            canonicalise(quads)
        assert caught.value.code == "hash-work"
        return
    expected = (VECTORS / f"{row['test']}-rdfc10.nq").read_bytes().decode("utf-8")
    assert canonicalise(quads, algorithm=algorithm(row)) == expected


@pytest.mark.parametrize("row", [r for r in rows() if r["rdfc10map"] == "TRUE"], ids=lambda row: row["test"])
def test_a_vector_names_its_blank_nodes_as_published(row: dict[str, str]) -> None:
    expected = read(VECTORS / f"{row['test']}-rdfc10map.json")
    found = canonical_ids(load(f"{row['test']}-in.nq"), algorithm=algorithm(row))
    assert {old[2:]: new[2:] for old, new in found.items()} == expected


def clique(size: int) -> list[Quad]:
    return [(f"_:n{a}", "<p:p>", f"_:n{b}", "") for a in range(size) for b in range(size) if a != b]


def refused_soon(quads: list[Quad]) -> None:
    """Within 50 ms on a quiet machine: some four times the fixed work."""

    def refused() -> None:
        with pytest.raises(TooMuch):
            canonicalise(quads)

    assert times_fixed_work(refused) < 5


@pytest.mark.parametrize("size", [7, 10, 20, 60])
def test_a_clique_is_refused_soon(size: int) -> None:
    refused_soon(clique(size))


def test_the_poison_graph_is_refused_soon() -> None:
    folder("rdf-canon")
    refused_soon(load("test074-in.nq"))


def test_many_stars_that_are_alike_are_refused_soon() -> None:
    refused_soon([(f"_:c{c}", "<p:p>", f"_:l{c}_{n}", "") for c in range(4) for n in range(12)])


def test_a_graph_named_by_a_blank_node_with_many_statements_costs_no_orders_of_its_name() -> None:
    quads = [(f"_:n{a}", "<p:p>", f'"{b}"', f"_:g{a}") for a in range(2) for b in range(40)]
    assert canonicalise(quads, Limits(hash_paths=1_000)).count("\n") == 80


@pytest.mark.parametrize(
    ("limits", "code"),
    [(Limits(quads=11), "quads"), (Limits(blank_nodes=3), "blank-nodes"), (Limits(hash_work=2), "hash-work")],
)
def test_each_limit_stops_the_work_with_its_own_code(limits: Limits, code: str) -> None:
    with pytest.raises(TooMuch) as caught:
        canonicalise(clique(4), limits)
    assert caught.value.code == code


terms = st.sampled_from(["_:a", "_:b", "_:c", "_:d", "<urn:x:1>", "<urn:x:2>"])
quads = st.lists(
    st.tuples(
        terms,
        st.sampled_from(["<urn:p:1>", "<urn:p:2>"]),
        st.one_of(terms, st.sampled_from(['"text"', '"z\\u0000"', '"pl"@pl'])),
        st.sampled_from(["", "_:a", "_:g", "<urn:g:1>"]),
    ),
    max_size=9,
)


@settings(max_examples=150, deadline=None)
@given(quads, st.randoms(use_true_random=False))
def test_other_names_of_blank_nodes_and_another_order_change_nothing(found: list[Quad], chance: random.Random) -> None:
    labels = ["_:a", "_:b", "_:c", "_:d", "_:g"]
    new = dict(zip(labels, chance.sample([f"_:x{n}" for n in range(9)], 5), strict=True))
    again = [tuple(new.get(term, term) for term in quad) for quad in found]
    chance.shuffle(again)
    assert canonicalise(again) == canonicalise(found)  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(quads)
def test_the_canonical_form_is_its_own_canonical_form_and_keeps_every_statement(found: list[Quad]) -> None:
    text = canonicalise(found)
    assert text.count("\n") == len(set(found))
    assert canonicalise(nquads.parse(text)) == text


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_from_a_literal(text: str) -> None:
    line = nquads.write([("<urn:s:s>", "<urn:p:p>", nquads.literal(text), "")])
    assert line.count("\n") == 1
    assert nquads.write(nquads.parse(line)) == line
    assert nquads.parse(line)[0][2] == nquads.literal(text)


@pytest.mark.parametrize(
    "line", ["x", "<urn:a:a> <urn:b:b> .", '"a" <urn:b:b> <urn:c:c> .', "<a b> <b:b> <c:c> .", '<a:a> <b:b> "\\q" .',
             '<a:a> <b:b> "\\uD800" .', "<a:a> _:b <c:c> .", "<a:a> <b:b> <c:c>"],
)  # fmt: skip
def test_what_is_not_n_quads_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(VcError) as caught:
        nquads.parse(f"# a remark\n{line}\n")
    assert caught.value.code == "n-quads"
    assert "line 2" in caught.value.message
