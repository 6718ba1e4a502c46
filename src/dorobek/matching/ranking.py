"""From a text to ranked concepts: words to stems, stems to candidates, candidates judged phrase by phrase."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dorobek.matching.explaining import alike_words, matches_of
from dorobek.matching.nearness import NEAR_LEARNED
from dorobek.matching.text import words_of
from dorobek.matching.types import Field, Strength, Suggestion

if TYPE_CHECKING:
    from dorobek.matching.index import Floats, Index, Ints64
    from dorobek.matching.text import Word

SAME_STEM, SAME_KEY, SAME_ROOT = 1.0, 0.85, 0.5
CANDIDATES = 60
MOST_WORDS = 600  # content words of a text that are read
FIELD_TRUST: dict[Field, float] = {"title": 1.25, "words": 1.0, "hint": 0.35}
BASE_TRUST = 1.0  # how much words count that meet a concept anywhere, beside whole phrases
MOST_PHRASES = 12  # of a concept that add to its judgement
SPARE = 8  # judged beyond the limit, since some may turn out to have no reason to show
NEXT_PHRASE = 0.8  # what a further phrase adds, and again of the one after it
NEAR_FLOOR = 0.2  # nearness that unrelated texts have
# From a raw judgement to a probability, fitted on the train part of the sentences and the validation half of names.
HALF, SPREAD = 1.7, 0.42
HALF_NEAR, SPREAD_NEAR = 13.1, 6.2
STRONG, MEDIUM, LEAST, MOST = 0.85, 0.35, 0.05, 0.999
# Below it the best answer to a sentence is none; a word or two are a search and get what there is. Chosen on the parts
# for tuning: of 29 sentences that fit nothing 13 get no answer (15 when the space has learned), of 175 that have an
# answer 3 (5) lose a right one among the first five.
FITS = 0.2
SENTENCE = 5  # words that make a sentence, those without meaning too


@dataclass(frozen=True, slots=True)
class Meeting:
    """A word of the text that stands for a stem of the index, with how surely (0 to 1)."""

    place: int
    weight: float


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase of a concept that the text covers in part or whole."""

    phrase: int
    gain: float
    places: tuple[int, ...]
    stems: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A concept with its raw judgement, the calibrated score, its nearest name and the phrases that met."""

    raw: float
    score: float
    concept: int
    name: int
    hits: list[PhraseHit]


def rank(index: Index, text: str, limit: int) -> list[Suggestion]:
    """The best `limit` concepts for a text, best first; equal scores by code. None when nothing fits."""
    words = index.language.content_words(text)[:MOST_WORDS]
    if not words:
        return []
    meetings = _meetings(index, words)
    judged = _judged(index, text, meetings, len(words), limit)
    judged.sort(key=lambda one: (-one.raw, index.codes[one.concept]))
    if not judged or judged[0].score < FITS * min(1.0, len(words_of(text)) / SENTENCE):
        return []
    return _explained(index, text, words, judged, limit)


def _judged(index: Index, text: str, meetings: dict[int, list[Meeting]], words: int, limit: int) -> list[Judged]:
    """Candidates with their judgements, in no order: those that can be among the best `limit`, and some more."""
    base = _base(index, meetings)
    near = index.nearness
    weight = near.weight(words)
    vector = near.vector(text) if weight else None
    chosen = {*_candidates(base), *(near.nearest_concepts(vector, CANDIDATES) if vector is not None else ())}
    numbers = np.array(sorted(chosen), dtype=np.int64)
    numbers = numbers[index.first_phrase[numbers] < index.first_phrase[numbers + 1]]
    if not len(numbers):
        return []
    extra, names = np.zeros(len(numbers)), np.full(len(numbers), -1)
    if vector is not None:
        likeness, names = near.concept_scores(vector, numbers)
        extra = weight * np.maximum(0.0, likeness - NEAR_FLOOR)
    met, most = _phrases_met(index, numbers, meetings)
    highest = base[numbers] + most + extra
    judged: list[Judged] = []
    best: list[float] = []  # the smallest of the raw judgements that will be shown stands first
    for at in np.argsort(-highest, kind="stable").tolist():
        if len(best) > limit + SPARE and highest[at] < best[0]:
            break
        number = int(numbers[at])
        hits = _phrase_hits(index, met[at], meetings)
        raw = _raw(float(base[number]), hits) + float(extra[at])
        score = calibrated(raw, weight if near.trained else 0.0)
        if score >= LEAST:
            judged.append(Judged(raw, score, number, int(names[at]), hits))
            (heapq.heappushpop if len(best) > limit + SPARE else heapq.heappush)(best, raw)
    return judged


def calibrated(raw: float, weight: float) -> float:
    """The share of right first answers among texts judged so: between 0 and 1, never quite either.

    `weight` is what learned nearness counted for; the more it does, the larger the raw judgements are.
    """
    middle = HALF + (HALF_NEAR - HALF) * weight / NEAR_LEARNED
    spread = SPREAD + (SPREAD_NEAR - SPREAD) * weight / NEAR_LEARNED
    return round(min(MOST, 1 / (1 + math.exp(-(raw - middle) / spread))), 6)


def _explained(index: Index, text: str, words: list[Word], judged: list[Judged], limit: int) -> list[Suggestion]:
    """The first `limit` that have a reason to show: words that met, or else words that are alike."""
    found: list[Suggestion] = []
    for one in judged:
        if len(found) == limit:
            break
        by_words = matches_of(index, text, words, one.hits) if one.hits else ()
        matches = by_words or alike_words(index, text, words, one.name)
        if matches:
            found.append(Suggestion(index.codes[one.concept], one.score, strength_of(one.score), matches))
    return found


def _meetings(index: Index, words: list[Word]) -> dict[int, list[Meeting]]:
    """For each stem of the index, where the text has it or a form of it."""
    known: dict[str, list[tuple[int, float]]] = {}
    found: dict[int, list[Meeting]] = {}
    for place, word in enumerate(words):
        if word.form not in known:
            known[word.form] = _stems_for(index, word.form)
        for stem, weight in known[word.form]:
            found.setdefault(stem, []).append(Meeting(place, weight))
    for places in found.values():
        places.sort(key=lambda m: (-m.weight, m.place))
    return found


def _stems_for(index: Index, form: str) -> list[tuple[int, float]]:
    """Stems of the index that a folded form may stand for, each with a weight."""
    language = index.language
    found: dict[int, float] = {}
    _widen(index, language.stem(form), 1.0, found)
    if not found:
        for near, weight in index.typos.near(form):
            _widen(index, language.stem(near) if near in index.forms else near, weight, found)
            if near in index.stems:
                _widen(index, near, weight, found)
    return sorted(found.items())


def _widen(index: Index, stem: str, weight: float, found: dict[int, float]) -> None:
    if stem in index.stems:
        found[index.stems[stem]] = max(found.get(index.stems[stem], 0.0), weight * SAME_STEM)
    for number in index.by_key.get(index.language.key(stem), ()):
        found[number] = max(found.get(number, 0.0), weight * SAME_KEY)
    for number in index.by_root.get(index.language.root(stem), ()):
        # A common root tells little, however rare this one of its forms may be.
        telling = float(index.root_rarity[number]) / (float(index.rarity[number]) or 1.0)
        found[number] = max(found.get(number, 0.0), weight * SAME_ROOT * telling)


def _base(index: Index, meetings: dict[int, list[Meeting]]) -> Floats:
    """BM25 of every concept at once: each word of the text counts once a concept, by its best stem there."""
    by_word: dict[int, list[tuple[int, float]]] = {}
    for stem, places in meetings.items():
        by_word.setdefault(places[0].place, []).append((stem, places[0].weight))
    total = np.zeros(len(index), dtype=np.float32)
    for pairs in by_word.values():
        one = np.zeros(len(index), dtype=np.float32)
        for stem, weight in pairs:
            posting = index.postings[stem]
            value = np.float32(weight * index.rarity[stem]) * posting.weights
            one[posting.concepts] = np.maximum(one[posting.concepts], value)
        total += one
    return total


def _candidates(base: Floats) -> list[int]:
    """The concepts worth a closer look, a fixed number and those equal to the last of them."""
    touched = np.flatnonzero(base)
    if len(touched) > CANDIDATES:
        values = base[touched]
        least = np.partition(values, len(values) - CANDIDATES)[len(values) - CANDIDATES]
        touched = touched[values >= least][: 4 * CANDIDATES]
    return [int(n) for n in touched]


def _phrases_met(
    index: Index, concepts: Ints64, meetings: dict[int, list[Meeting]]
) -> tuple[list[list[int]], NDArray[np.floating[Any]]]:
    """For each concept its phrases that share a stem with the text, and the most that they can add to its judgement."""
    sizes = index.first_phrase[concepts + 1] - index.first_phrase[concepts]
    starts = np.concatenate(([0], np.cumsum(sizes)))
    phrases = np.arange(starts[-1]) + np.repeat(index.first_phrase[concepts] - starts[:-1], sizes)
    worth = np.zeros(len(index.stems), dtype=np.float32)
    for stem, places in meetings.items():
        worth[stem] = places[0].weight * index.rarity[stem]
    stems = index.phrase_stems.take(phrases)
    covered = np.add.reduceat(worth[stems.values], stems.starts[:-1])
    gains = covered * np.minimum(1.0, covered / index.phrase_weight[phrases]) * index.phrase_trust[phrases]
    several = len({m.place for places in meetings.values() for m in places})
    most = np.maximum.reduceat(gains, starts[:-1]) * sum(NEXT_PHRASE**n for n in range(min(several, MOST_PHRASES)))
    owners = np.repeat(np.arange(len(concepts)), sizes)
    met: list[list[int]] = [[] for _ in range(len(concepts))]
    known = np.zeros(len(index.stems), dtype=bool)
    known[list(meetings)] = True
    for at in np.flatnonzero(np.logical_or.reduceat(known[stems.values], stems.starts[:-1])):
        met[owners[at]].append(int(phrases[at]))
    return met, most


def _phrase_hits(index: Index, phrases: list[int], meetings: dict[int, list[Meeting]]) -> list[PhraseHit]:
    """What each of some phrases gains from the text, best first."""
    hits = []
    for phrase in phrases:
        met = [s for s in index.stems_of(phrase) if s in meetings]
        hits.append(_phrase_hit(index, phrase, list(dict.fromkeys(met)), meetings))
    hits.sort(key=lambda h: (-h.gain, h.phrase))
    return hits


def _phrase_hit(index: Index, phrase: int, met: list[int], meetings: dict[int, list[Meeting]]) -> PhraseHit:
    """Gain = telling weight of the covered words x share covered x nearness x trust in the field."""
    field = index.phrase_fields[phrase]
    rarity = index.rarity
    if len(met) == 1:
        only = meetings[met[0]][0]
        covered = only.weight * float(rarity[met[0]])
        gain = covered * min(1.0, covered / index.phrase_weight[phrase]) * FIELD_TRUST[field]
        return PhraseHit(phrase, gain, (only.place,), tuple(met))
    places, weights = _tightest(met, meetings, rarity)
    covered = 0.0
    used: dict[int, float] = {}
    for stem, place, weight in zip(met, places, weights, strict=True):
        value = weight * float(rarity[stem])
        # One word of the text may meet two words of a phrase; it counts once.
        covered += max(0.0, value - used.get(place, 0.0))
        used[place] = max(used.get(place, 0.0), value)
    share = min(1.0, covered / index.phrase_weight[phrase])
    span = max(places) - min(places) + 1 - len(set(places))
    nearness = 1.0 / (1.0 + 0.12 * max(0, span - 1))
    gain = covered * share * nearness * FIELD_TRUST[field]
    return PhraseHit(phrase, gain, tuple(places), tuple(met))


def _tightest(met: list[int], meetings: dict[int, list[Meeting]], rarity: Floats) -> tuple[list[int], list[float]]:
    """Occurrences of the stems met that stand closest together, around one of the most telling stem."""
    anchor_stem = max(met, key=lambda s: (float(rarity[s]), -s))
    best: tuple[float, list[Meeting]] | None = None
    for anchor in meetings[anchor_stem][:8]:
        chosen = [min(meetings[s], key=lambda m: (abs(m.place - anchor.place) - 2 * m.weight, m.place)) for s in met]
        spread = max(m.place for m in chosen) - min(m.place for m in chosen) - 2 * sum(m.weight for m in chosen)
        if best is None or spread < best[0]:
            best = (spread, chosen)
    assert best is not None
    return [m.place for m in best[1]], [m.weight for m in best[1]]


def _raw(base: float, hits: list[PhraseHit]) -> float:
    """Words at large and the best phrases; nothing when no phrase met."""
    if not hits:
        return 0.0
    seen: set[int] = set()
    bonus = 0.0
    share = 1.0
    for hit in hits[:MOST_PHRASES]:
        fresh = [p for p in set(hit.places) if p not in seen]
        if fresh:
            bonus += share * hit.gain * len(fresh) / len(set(hit.places))
            seen.update(fresh)
            share *= NEXT_PHRASE
    return BASE_TRUST * base + bonus


def strength_of(score: float) -> Strength:
    """A score in a word."""
    if score >= STRONG:
        return "strong"
    return "medium" if score >= MEDIUM else "weak"
