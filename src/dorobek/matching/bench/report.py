"""Every row of the benchmark whose data is at hand: the engine, and next to it three baselines of the same run."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dorobek.matching.bench.baselines import BASELINES, Ranker
from dorobek.matching.bench.data import (
    Case,
    Half,
    Melo,
    has_melo,
    held_out,
    melo,
    sentences,
    sentences_to_occupations,
)
from dorobek.matching.bench.esco import has_esco, needs
from dorobek.matching.bench.measuring import Figures, bridge_engine, engine, measure, names_engine, skills_engine
from dorobek.matching.bridge import Bridge
from dorobek.matching.catalogue import load_catalogue
from dorobek.matching.embedding import Embedder
from dorobek.matching.index import Index
from dorobek.matching.types import Concept

PARTS: dict[Half, str] = {"validation": "train", "test": "held-out"}  # of the sentences


@dataclass(frozen=True, slots=True)
class Row:
    """One line: which questions, which ranker, its figures; or why they were not measured."""

    questions: str
    ranker: str
    figures: Figures | None
    reason: str = ""

    def as_data(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the data lies: our sentences, the catalogue they are about, the folder of MELO's tables."""

    sentences: Path
    catalogue: Path
    melo: Path
    esco: Path = Path("no-esco")
    embedder: Embedder | None = None  # a model of the operator's own, measured beside the engine


def run(places: Places, *, baselines: bool = True, half: Half = "test") -> list[Row]:
    """All rows; fixed seeds, so quality repeats to the digit. `half`: "validation" is for tuning, "test" for figures."""
    rows = list(sentence_rows(places, baselines=baselines, half=half))
    if not has_melo(places.melo):
        reason = f"the tables of MELO are not in {places.melo}"
        named = ("sentences to occupations", "held-out names", "MELO Polish")
        return [*rows, *(Row(name, "engine", None, reason) for name in named)]
    data = melo(places.melo)
    rows += occupation_rows(places, data, baselines=baselines, half=half)
    rows += name_rows(data, baselines=baselines, half=half, embedder=places.embedder)
    rows += melo_rows(data, baselines=baselines, embedder=places.embedder) if half == "test" else ()
    return [*rows, Row("job advertisements to occupations", "engine", None, "no advertisements with answers at hand")]


def sentence_rows(places: Places, *, baselines: bool = True, half: Half = "test") -> Iterable[Row]:
    """Sentences of everyday speech to competences of the catalogue."""
    if not places.sentences.is_file():
        yield Row("sentences, held out", "engine", None, f"no file {places.sentences}")
        return
    concepts = load_catalogue(places.catalogue, "pl")
    rankers = {
        "engine": engine(Index.build(concepts, "pl")),
        "engine, learned": engine(Index.build(concepts, "pl", learn=True)),
        **_model(concepts, places.embedder),
        **_baselines(concepts, baselines),
    }
    part = PARTS[half]
    yield from _rows(f"sentences, {part}", rankers, sentences(places.sentences, part))


def occupation_rows(places: Places, data: Melo, *, baselines: bool = True, half: Half = "test") -> Iterable[Row]:
    """The same sentences to ESCO occupations by their Polish labels, and through them to the skills that these need."""
    if not places.sentences.is_file():
        return
    concepts = [one for one in data.concepts() if "/occupation/" in one.code]
    index = Index.build(concepts, "pl", learn=True)
    part = PARTS[half]
    cases = sentences_to_occupations(places.sentences, part)
    bridge = Bridge(Index.build(load_catalogue(places.catalogue, "pl"), "pl", learn=True), index)
    rankers = {
        "engine": bridge_engine(bridge),
        "engine, names alone": engine(index),
        **_model(concepts, places.embedder),
        **_baselines(concepts, baselines),
    }
    yield from _rows(f"to occupations, {part}", rankers, cases)
    if not has_esco(places.esco):
        yield Row("to skills of occupations", "engine", None, f"the export of ESCO is not in {places.esco}")
        return
    known = needs(places.esco)
    skills = [
        Case(case.text, frozenset(skill for code in case.right for skill, much in known[code].items() if much == 1))
        for case in cases
    ]
    yield from _rows(f"to skills of these, {part}", {"engine": skills_engine(bridge, known)}, skills)


def name_rows(
    data: Melo, *, baselines: bool = True, half: Half = "test", embedder: Embedder | None = None
) -> Iterable[Row]:
    """Alternative names of occupations that the index has not seen: all, those unlike any known name, mistyped."""
    held = held_out(data.labels, half)
    rankers = {
        "engine": engine(Index.build(held.concepts, "pl", learn=True)),
        **_model(held.concepts, embedder),
        **_baselines(held.concepts, baselines),
    }
    kinds = {"held-out names": held.cases, "unlike any name": held.unlike(), "mistyped": held.noisy()}
    for kind, cases in kinds.items():
        yield from _rows(kind, rankers, cases)


def melo_rows(data: Melo, *, baselines: bool = True, embedder: Embedder | None = None) -> Iterable[Row]:
    """MELO, as its authors count (every name by itself) and by concept."""
    index = Index.build(data.concepts(), "pl", learn=True)
    single = [Concept(f"{code}#{n}", name) for code, names in data.labels.items() for n, name in enumerate(names)]
    by_name = [
        Case(case.text, frozenset(f"{code}#{n}" for code in case.right for n in range(len(data.labels[code]))))
        for case in data.cases
    ]
    rankers = {"engine": names_engine(index)}
    if embedder is not None:
        rankers[embedder.name] = names_engine(Index.build(data.concepts(), "pl", embedder=embedder))
    yield from _rows("MELO Polish", {**rankers, **_baselines(single, baselines)}, by_name)
    yield from _rows("MELO Polish, by concept", {"engine": engine(index)}, data.cases)


def _model(concepts: list[Concept], embedder: Embedder | None) -> dict[str, Ranker]:
    return {} if embedder is None else {embedder.name: engine(Index.build(concepts, "pl", embedder=embedder))}


def _baselines(concepts: list[Concept], wanted: bool) -> dict[str, Ranker]:
    return {name: make(concepts) for name, make in BASELINES.items()} if wanted else {}


def _rows(questions: str, rankers: dict[str, Ranker], cases: list[Case]) -> Iterable[Row]:
    for name, ranker in rankers.items():
        yield Row(questions, name, measure(ranker, cases))


HEADINGS = ("R@1", "R@3", "R@5", "R@10", "MRR@10", "MRR@100", "ms")


def table(rows: Iterable[Row]) -> str:
    """The rows as text, for a terminal."""
    lines = [f"{'':44}{'n':>6}" + "".join(f"{h:>9}" for h in HEADINGS) + "   silent  rightly"]
    for row in rows:
        name = f"{row.questions}: {row.ranker}"
        if row.figures is None:
            lines.append(f"{name:44}not measured: {row.reason}")
            continue
        f = row.figures
        shares = (f.recall_1, f.recall_3, f.recall_5, f.recall_10, f.mrr_10, f.mrr_100)
        silent = "" if f.silent is None else f"{f.silent:9.3f}"
        silent += "" if f.silence_right is None else f"{f.silence_right:9.3f}"
        numbers = "".join(f"{x:9.3f}" for x in shares)
        lines.append(f"{name:44}{f.questions:6}{numbers}{f.milliseconds:9.1f}{silent}")
    return "\n".join(lines)
