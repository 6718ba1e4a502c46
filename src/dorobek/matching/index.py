"""The inverted index: which concepts hold which words, in arrays, and the question asked of it."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dorobek.matching.analysis import Analyser, analyser
from dorobek.matching.embedding import Embedder
from dorobek.matching.nearness import Nearness
from dorobek.matching.projection import Names
from dorobek.matching.ranking import FIELD_TRUST, rank
from dorobek.matching.segments import Segments
from dorobek.matching.types import Concept, Field, Language, Suggestion
from dorobek.matching.typos import Typos

FIELD_WEIGHTS: dict[Field, float] = {"title": 1.4, "words": 1.0, "hint": 0.7}
_SATURATION = 0.6  # k1 of BM25: a second mention adds little
_LENGTH = 0.25  # b of BM25: concepts with many phrases are hardly punished

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Ints64 = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """Concepts holding one stem, ascending, and the weight of the stem in each (0 to 1)."""

    concepts: Ints
    weights: Floats


class _Collector:
    """Gathers phrases and word counts while concepts are read one by one, in arrays: an index may hold half a million."""

    def __init__(self, language: Analyser) -> None:
        self.language = language
        self.stems: dict[str, int] = {}
        self.forms: dict[str, int] = {}  # folded form to its own number, in order of appearance
        self.stem_of_form = array("i")
        self.phrase_texts: list[str] = []
        self.phrase_fields: list[Field] = []
        self.phrase_forms = array("i")
        self.phrase_starts = array("q", [0])
        self.first_phrase = array("q", [0])
        self.lengths = array("f")
        self.holders: list[array[int]] = []  # for each stem the concepts that hold it
        self.mentions: list[array[float]] = []

    def add(self, concept: Concept) -> None:
        count: dict[int, float] = {}
        fields: list[tuple[Field, str]] = [("title", concept.title), *(("words", w) for w in concept.words)]
        if concept.hint:
            fields.append(("hint", concept.hint))
        for field, text in fields:
            forms = [self._form_number(w.form) for w in self.language.content_words(text)]
            if not forms:
                continue
            self.phrase_texts.append(text)
            self.phrase_fields.append(field)
            self.phrase_forms.extend(forms)
            self.phrase_starts.append(len(self.phrase_forms))
            for stem in {self.stem_of_form[form] for form in forms}:
                count[stem] = count.get(stem, 0.0) + FIELD_WEIGHTS[field]
        for stem, mentions in count.items():
            self.holders[stem].append(len(self.lengths))
            self.mentions[stem].append(mentions)
        self.lengths.append(sum(count.values()))
        self.first_phrase.append(len(self.phrase_texts))

    def _form_number(self, form: str) -> int:
        known = self.forms.get(form)
        if known is None:
            known = self.forms[form] = len(self.forms)
            stem = self.stems.setdefault(self.language.stem(form), len(self.stems))
            if stem == len(self.holders):
                self.holders.append(array("i"))
                self.mentions.append(array("f"))
            self.stem_of_form.append(stem)
        return known


class Index:
    """Concepts of one language, ready to be asked. Build with `Index.build`; never changes afterwards."""

    def __init__(self, concepts: list[Concept], collected: _Collector) -> None:
        self.concepts = concepts
        self.codes = [c.code for c in concepts]
        self.language = collected.language
        self.stems = collected.stems
        self.forms = collected.forms
        self.phrase_texts = collected.phrase_texts
        self.phrase_fields = collected.phrase_fields
        self.first_phrase = np.array(collected.first_phrase, dtype=np.int64)
        starts = np.array(collected.phrase_starts, dtype=np.int64)
        self.phrase_forms = Segments(starts, np.array(collected.phrase_forms, dtype=np.int32))
        self.phrase_stems = Segments(starts, np.array(collected.stem_of_form, dtype=np.int32)[self.phrase_forms.values])
        self.postings = _postings(collected)
        self.by_key = _grouped(self.stems, self.language.key)
        self.by_root = _grouped(self.stems, self.language.root)
        self.rarity = self._rarities(self.by_key)
        self.root_rarity = self._rarities(self.by_root)
        self.phrase_weight = self._phrase_weights()
        self.phrase_trust = np.array([FIELD_TRUST[f] for f in self.phrase_fields], dtype=np.float32)
        self.typos = Typos(sorted({*self.forms, *self.stems}))

    @cached_property
    def nearness(self) -> Nearness:
        """The dense space of all phrases; untrained unless the index was built to learn. Made when first needed."""
        return Nearness.build(self.language, self.names(), self.phrase_owners(), len(self), learned=False)

    def names(self) -> Names:
        """All phrases as numbers of folded words."""
        return Names(list(self.forms), self.phrase_forms)

    def phrase_owners(self) -> Ints64:
        """For every phrase the number of its concept."""
        return np.repeat(np.arange(len(self)), np.diff(self.first_phrase))

    def stems_of(self, phrase: int) -> list[int]:
        """The stems of a phrase's words, in their order."""
        found: list[int] = self.phrase_stems.row(phrase).tolist()
        return found

    def _phrase_weights(self) -> Floats:
        """For each phrase the summed rarity of its different stems; 1 where that is nothing."""
        size = len(self.stems) + 1
        pairs = np.unique(self.phrase_stems.owners() * size + self.phrase_stems.values)
        sums = np.bincount(pairs // size, weights=self.rarity[pairs % size], minlength=len(self.phrase_texts))
        weights: Floats = np.where(sums > 0, sums, 1.0).astype(np.float32)
        return weights

    @classmethod
    def build(
        cls, concepts: Iterable[Concept], language: Language, *, learn: bool = False, embedder: Embedder | None = None
    ) -> Index:
        """An index of concepts; their order does not matter. ValueError on a code that comes twice.

        With `learn` the index also trains its dense space on its own names, which takes seconds to a minute and is
        worth it where names are short and many (occupations, skills); keep the result with `storing.save`. With an
        `embedder` its vectors take the place of that space. EmbedderError when the model gives no proper vectors.
        """
        ordered = sorted(concepts, key=lambda c: c.code)
        for one, other in pairwise(ordered):
            if one.code == other.code:
                raise ValueError(f"code {one.code!r} comes twice")
        collected = _Collector(analyser(language))
        for concept in ordered:
            collected.add(concept)
        index = cls(ordered, collected)
        owners = index.phrase_owners()
        if embedder is not None:
            index.nearness = Nearness.embedded(
                embedder, index.language, index.names(), index.phrase_texts, owners, len(index)
            )
        elif learn:
            index.nearness = Nearness.build(index.language, index.names(), owners, len(index), learned=True)
        return index

    def __len__(self) -> int:
        return len(self.codes)

    def suggest(self, text: str, limit: int = 8) -> list[Suggestion]:
        """Concepts that fit a person's own words, best first, with the words that met."""
        if limit < 1 or not self.codes:
            return []
        return rank(self, text, limit)

    def stems_in(self, text: str) -> set[str]:
        """Stems of a text that the index knows; words that it does not know, such as names of people, are left out."""
        found = {self.language.stem(word.form) for word in self.language.content_words(text)}
        return {stem for stem in found if stem in self.stems}

    def _rarities(self, groups: dict[str, list[int]]) -> Floats:
        """How telling a stem is, 0 to 1: the fewer concepts hold its group, the more (idf over the largest)."""
        total = len(self.codes)
        rarity = np.zeros(len(self.stems), dtype=np.float32)
        largest = np.log(1 + (total + 0.5) / 1.5) if total else 1.0
        for numbers in groups.values():
            holders = len(np.unique(np.concatenate([self.postings[n].concepts for n in numbers])))
            rarity[numbers] = np.log(1 + (total - holders + 0.5) / (holders + 0.5)) / largest
        return np.clip(rarity, 0.0, 1.0)


def _postings(collected: _Collector) -> list[Postings]:
    """One list per stem, weights by BM25 with field weights."""
    lengths = np.array(collected.lengths, dtype=np.float32)
    mean = float(lengths.mean()) if len(lengths) and lengths.any() else 1.0
    dampening = np.float32(_SATURATION) * (1 - _LENGTH + _LENGTH * lengths / mean)
    made = []
    collected.holders.reverse()
    collected.mentions.reverse()
    while collected.holders:  # each is let go as soon as it is copied: together they are large
        concepts = np.array(collected.holders.pop(), dtype=np.int32)
        held = np.array(collected.mentions.pop(), dtype=np.float32)
        made.append(Postings(concepts, (held / (held + dampening[concepts])).astype(np.float32)))
    return made


def _grouped(stems: dict[str, int], reduced: Callable[[str], str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for stem, number in stems.items():
        groups.setdefault(reduced(stem), []).append(number)
    return groups
