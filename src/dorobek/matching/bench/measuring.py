"""Figures of a ranker over questions with known answers."""

import statistics
import time
from collections.abc import Iterable
from dataclasses import dataclass

from dorobek.matching.bench.baselines import Ranker
from dorobek.matching.bench.data import Case
from dorobek.matching.bridge import Bridge
from dorobek.matching.index import Index
from dorobek.matching.through import OCCUPATIONS, Needs, merged

DEPTH = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares from 0 to 1 over the questions that have an answer; milliseconds a question (median).

    `mrr_10` counts first answers down to rank 10, `mrr_100` down to 100. `silent` is the share of the questions
    without an answer that got none, `silence_right` the share of all silences that were right to be; None where there
    are no such questions, no silences.
    """

    questions: int
    recall_1: float
    recall_3: float
    recall_5: float
    recall_10: float
    mrr_10: float
    mrr_100: float
    milliseconds: float
    silent: float | None
    silence_right: float | None = None


def measure(ranker: Ranker, cases: Iterable[Case], depth: int = DEPTH) -> Figures:
    """Rank of the first right code for each question. ZeroDivisionError when no question has an answer."""
    ranks: list[int | None] = []
    times: list[float] = []
    silent: list[bool] = []
    wronged = 0
    for case in cases:
        started = time.perf_counter()
        codes = ranker(case.text, depth)
        times.append(1000 * (time.perf_counter() - started))
        wronged += bool(case.right) and not codes
        if not case.right:
            silent.append(not codes)
            continue
        ranks.append(next((n for n, code in enumerate(codes, 1) if code in case.right), None))

    def share(k: int) -> float:
        return sum(r is not None and r <= k for r in ranks) / len(ranks)

    def mrr(k: int) -> float:
        return sum(1 / r for r in ranks if r is not None and r <= k) / len(ranks)

    quiet = sum(silent) / len(silent) if silent else None
    middle = statistics.median(times)
    silences = wronged + sum(silent)
    right = sum(silent) / silences if silent and silences else None
    return Figures(len(ranks), share(1), share(3), share(5), share(10), mrr(10), mrr(100), middle, quiet, right)


def engine(index: Index) -> Ranker:
    """The index as a ranker of concepts."""
    return lambda text, most: [s.code for s in index.suggest(text, most)]


def bridge_engine(bridge: Bridge) -> Ranker:
    """Occupations by their names and by way of the catalogue."""
    return lambda text, most: [one.code for one in bridge.likely(text, most)]


def skills_engine(bridge: Bridge, needs: Needs) -> Ranker:
    """Skills through the occupations that a text sounds like."""
    return lambda text, most: [led.code for led in merged([], bridge.likely(text, OCCUPATIONS), needs, most)]


def names_engine(index: Index) -> Ranker:
    """The index as a ranker of single names, `code#number`, as MELO's own evaluation counts them."""
    owners = index.phrase_owners()
    order = [int(n) - index.first_phrase[owner] for n, owner in enumerate(owners)]

    def rank(text: str, most: int) -> list[str]:
        found = index.nearness.ranked_names(text)[:most]
        return [f"{index.codes[owners[n]]}#{order[n]}" for n in found]

    return rank
