"""How well, and how fast, people's own words lead to the catalogue: `python -m tests.load.bench_matching`.

The sentences of `tests/matching/data/own_words.json` come in three parts. `seen`: the engine was tuned on them and
everyday words that they showed to be missing went into the catalogue, so the figures only say that the words
arrived. `dev`: for looking at when tuning goes on. `test`: never read for tuning, the figures that count. Two
baselines are measured in the same run, times are ratios to naive TF-IDF. Where the data of `DOROBEK_BENCH_DATA` is
at hand there are two more rows: all ESCO skills (time), and MELO, Polish occupation names to ESCO concepts (MRR
over the first 100 concepts and success@10).
"""

import csv
import json
import math
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dorobek.matching import Concept, Index, load_catalogue

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "src/dorobek/register/data/competences.json"
OWN_WORDS = ROOT / "tests/matching/data/own_words.json"
DATA = Path(os.environ.get("DOROBEK_BENCH_DATA", ROOT.parent / "shared/data"))
DEPTH = 8

Ranker = Callable[[str], list[str]]


@dataclass(frozen=True)
class Sentence:
    """A sentence in a person's own words and the codes that are right for it (none: nothing should fit)."""

    part: str
    codes: frozenset[str]
    text: str


@dataclass(frozen=True)
class Quality:
    """Shares from 0 to 1 over sentences that have a right answer, and milliseconds a sentence (median)."""

    sentences: int
    recall_1: float
    recall_3: float
    recall_5: float
    mrr: float
    milliseconds: float


def load_sentences(path: Path = OWN_WORDS) -> list[Sentence]:
    """The held-out sentences."""
    rows = json.loads(path.read_text(encoding="utf-8"))["sentences"]
    return [Sentence(row["part"], frozenset(row["codes"]), row["text"]) for row in rows]


def measure(ranker: Ranker, sentences: Iterable[Sentence]) -> Quality:
    """Recall (is any right code among the first k) and mean reciprocal rank, down to DEPTH."""
    ranks: list[float] = []
    times: list[float] = []
    for sentence in sentences:
        if not sentence.codes:
            continue
        started = time.perf_counter()
        codes = ranker(sentence.text)[:DEPTH]
        times.append(1000 * (time.perf_counter() - started))
        ranks.append(next((n for n, code in enumerate(codes, 1) if code in sentence.codes), math.inf))

    def recall(k: int) -> float:
        return sum(rank <= k for rank in ranks) / len(ranks)

    mrr = sum(1 / rank for rank in ranks) / len(ranks)
    return Quality(len(ranks), recall(1), recall(3), recall(5), mrr, statistics.median(times))


def engine(index: Index) -> Ranker:
    """The engine as a ranker."""
    return lambda text: [s.code for s in index.suggest(text, DEPTH)]


def _tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _whole(concept: Concept) -> list[str]:
    return _tokens(" ".join((concept.title, *concept.words, concept.hint)))


def overlap_baseline(concepts: list[Concept]) -> Ranker:
    """Concepts by the number of different words shared with the text."""
    known = [(c.code, set(_whole(c))) for c in concepts]

    def rank(text: str) -> list[str]:
        words = set(_tokens(text))
        scored = [(-len(words & own), code) for code, own in known]
        return [code for score, code in sorted(scored) if score < 0]

    return rank


def tfidf_baseline(concepts: list[Concept]) -> Ranker:
    """Cosine of TF-IDF over words as they are written, with an inverted index; no stems, no stop words."""
    documents = [Counter(_whole(c)) for c in concepts]
    seen = Counter(word for d in documents for word in d)
    idf = {word: math.log(len(documents) / n) for word, n in seen.items()}
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, document in enumerate(documents):
        norm = math.sqrt(sum((n * idf[w]) ** 2 for w, n in document.items())) or 1.0
        for word, n in document.items():
            postings.setdefault(word, []).append((number, n * idf[word] / norm))

    def rank(text: str) -> list[str]:
        scores: dict[int, float] = {}
        for word, n in Counter(_tokens(text)).items():
            for number, weight in postings.get(word, ()):
                scores[number] = scores.get(number, 0.0) + n * idf[word] * weight
        best = sorted((-score, concepts[number].code) for number, score in scores.items() if score > 0)
        return [code for _, code in best]

    return rank


def false_alarms(index: Index, sentences: Iterable[Sentence]) -> tuple[int, int]:
    """Of the sentences that fit nothing: how many there are, how many got a strong or medium suggestion."""
    empty = [s for s in sentences if not s.codes]
    loud = [s for s in empty if any(x.strength != "weak" for x in index.suggest(s.text))]
    return len(empty), len(loud)


def _print_quality() -> None:
    concepts = load_catalogue(CATALOGUE, "pl")
    started = time.perf_counter()
    index = Index.build(concepts, "pl")
    built = time.perf_counter() - started
    sentences = load_sentences()
    rankers = {
        "engine": engine(index),
        "word overlap": overlap_baseline(concepts),
        "naive TF-IDF": tfidf_baseline(concepts),
    }
    print(f"{len(concepts)} competences, index built in {built:.2f} s, {len(sentences)} sentences")
    print(f"{'':22}{'n':>4}{'R@1':>7}{'R@3':>7}{'R@5':>7}{'MRR':>7}{'time ratio':>12}")
    for part in ("seen", "dev", "test"):
        half = [s for s in sentences if s.part == part]
        results = {name: measure(ranker, half) for name, ranker in rankers.items()}
        naive = results["naive TF-IDF"].milliseconds
        for name, q in results.items():
            row = "".join(f"{x:7.3f}" for x in (q.recall_1, q.recall_3, q.recall_5, q.mrr))
            print(f"{part + ': ' + name:22}{q.sentences:4}{row}{q.milliseconds / naive:12.1f}")
    count, loud = false_alarms(index, sentences)
    print(f"sentences that fit nothing: {count}, of them with a strong or medium suggestion: {loud}")


def read_esco_skills(path: Path) -> list[Concept]:
    """ESCO skills of the official CSV as concepts."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Concept(
                code=row["conceptUri"],
                title=row["preferredLabel"],
                words=tuple(filter(None, row["altLabels"].split("\n"))),
                hint=row["description"],
            )
            for row in csv.DictReader(file)
        ]


ESCO_SENTENCES = (
    "I sat at the till, took returns and counted the takings at the end of the day",
    "I looked after my mother after a stroke, washed her and gave her medicines",
    "milked cows and drove a tractor",
    "kept the books of a small company and filed tax returns",
    "welded steel gates and repaired farm machines",
    "organised a village festival and wrote an application for funding",
)


def _print_esco() -> None:
    path = DATA / "esco-en" / "skills_en.csv"
    if not path.exists():
        print(f"ESCO skills: not measured, {path.name} is not at hand")
        return
    concepts = read_esco_skills(path)
    started = time.perf_counter()
    index = Index.build(concepts, "en")
    built = time.perf_counter() - started
    naive = tfidf_baseline(concepts)
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(5):
        for text in ESCO_SENTENCES:
            for ranker, times in ((engine(index), ours), (naive, theirs)):
                started = time.perf_counter()
                ranker(text)
                times.append(time.perf_counter() - started)
    middle = statistics.median(ours)
    print(
        f"ESCO: {len(concepts)} skills, built in {built:.1f} s, a sentence {1000 * middle:.1f} ms "
        f"(median, longest {1000 * max(ours):.1f}), {middle / statistics.median(theirs):.2f} of naive TF-IDF"
    )


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _print_melo() -> None:
    folder = DATA / "melo-pl"
    if not folder.exists():
        print("MELO Polish: not measured, the data is not at hand")
        return
    concept_of = {row[0]: row[1] for row in _table(folder / "pol_concept_mapping.tsv")}
    labels: dict[str, list[str]] = {}
    for row in _table(folder / "pol_corpus_elements.tsv"):
        labels.setdefault(concept_of[row[0]], []).append(row[1])
    right: dict[str, set[str]] = {}
    for query, _, element, _ in _table(folder / "pol_annotations.tsv"):
        right.setdefault(query, set()).add(concept_of[element])
    concepts = [Concept(code, names[0], tuple(names[1:])) for code, names in labels.items()]
    index = Index.build(concepts, "pl")
    queries = _table(folder / "pol_queries.tsv")
    reciprocal, success = 0.0, 0
    for query, text in queries:
        codes = [s.code for s in index.suggest(text, 100)]
        rank = next((n for n, code in enumerate(codes, 1) if code in right[query]), None)
        reciprocal += 1 / rank if rank else 0.0
        success += bool(rank and rank <= 10)
    print(
        f"MELO Polish: {len(queries)} names to {len(concepts)} concepts, "
        f"MRR {reciprocal / len(queries):.3f}, success@10 {success / len(queries):.3f} (by concept)"
    )


def main() -> int:
    """Print everything that can be measured here."""
    _print_quality()
    _print_esco()
    _print_melo()
    return 0


if __name__ == "__main__":
    sys.exit(main())
