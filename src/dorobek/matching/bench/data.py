"""Questions with known answers: sentences of this repository, and names of occupations from MELO.

MELO (Avature, MIT licence) links names of the Polish classification of occupations to labels of ESCO. Its labels
also serve the test of held-out names. Only its four tables are read: the official mapping between the two
classifications holds the answers to all its questions and must never come near an index.
"""

import csv
import json
import random
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dorobek.matching.text import fold, words_of
from dorobek.matching.types import Concept

Half = Literal["validation", "test"]
MELO_TABLES = ("pol_concept_mapping.tsv", "pol_corpus_elements.tsv", "pol_annotations.tsv", "pol_queries.tsv")
SHARE = 0.2  # of the alternative names, held out
ALIKE = 0.8  # share of letter triples in common from which a name is like another
OCCUPATION = "http://data.europa.eu/esco/occupation/"
_LETTERS = "abcdefghijklmnoprstuwyz"


@dataclass(frozen=True, slots=True)
class Case:
    """A question and the codes that answer it; none where nothing should be found."""

    text: str
    right: frozenset[str]


def sentences(path: Path, part: str) -> list[Case]:
    """The sentences of one part ("train", "held-out") of a file `{"sentences": [{part, codes, text}]}`."""
    rows = json.loads(path.read_text(encoding="utf-8"))["sentences"]
    return [Case(row["text"], frozenset(row["codes"])) for row in rows if row["part"] == part]


def sentences_to_occupations(path: Path, part: str) -> list[Case]:
    """The same sentences with the addresses of the ESCO occupations they are about; those about none have no answer."""
    rows = json.loads(path.read_text(encoding="utf-8"))["sentences"]
    return [
        Case(row["text"], frozenset(OCCUPATION + uid for uid in row["occupations"]))
        for row in rows
        if row["part"] == part and (row["occupations"] or not row["codes"])
    ]


def has_melo(folder: Path) -> bool:
    """Whether all tables of MELO are in the folder."""
    return all((folder / name).is_file() for name in MELO_TABLES)


@dataclass(frozen=True, slots=True)
class Melo:
    """Labels by ESCO concept (the preferred one first), and the questions with the concepts that are right."""

    labels: dict[str, list[str]]
    cases: list[Case]

    def concepts(self) -> list[Concept]:
        """Every concept with all its labels."""
        return [Concept(code, names[0], tuple(names[1:])) for code, names in self.labels.items()]


def melo(folder: Path) -> Melo:
    """MELO Polish from its four tables. OSError or KeyError when they are missing or do not fit together."""
    concept_of = {row[0]: row[1] for row in _table(folder / MELO_TABLES[0])}
    labels: dict[str, list[str]] = {}
    for element, label in _table(folder / MELO_TABLES[1]):
        labels.setdefault(concept_of[element], []).append(label)
    right: dict[str, set[str]] = {}
    for query, _, element, _ in _table(folder / MELO_TABLES[2]):
        right.setdefault(query, set()).add(concept_of[element])
    cases = [Case(text, frozenset(right[query])) for query, text in _table(folder / MELO_TABLES[3])]
    return Melo(labels, cases)


def _table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Occupations without some of their alternative names, and such names as questions."""

    concepts: list[Concept]
    cases: list[Case]

    def unlike(self) -> list[Case]:
        """Questions whose name is unlike every name left in the index, letter triples compared."""
        known = _Triples([n for c in self.concepts for n in (c.title, *c.words)])
        return [case for case in self.cases if known.nearest(case.text) < ALIKE]

    def noisy(self, seed: int = 1) -> list[Case]:
        """The questions as typed in haste: no Polish letters, and one slip in a word of four letters or more."""
        dice = random.Random(seed)
        return [Case(slip(case.text, dice), case.right) for case in self.cases]


def held_out(labels: dict[str, list[str]], half: Half, seed: int = 1) -> HeldOut:
    """A fifth of the alternative names of all occupations, out of the index; those of one half are the questions.

    Which half an occupation is in depends on its address alone, so no name of a test occupation is ever a question
    while tuning, whatever the seed. All occupations stay in the index.
    """
    dice = random.Random(seed)
    concepts, cases = [], []
    for code, names in labels.items():
        if "/occupation/" not in code:
            continue
        names = list(dict.fromkeys(names))
        out = [n for n in names[1:] if dice.random() < SHARE]
        concepts.append(Concept(code, names[0], tuple(n for n in names[1:] if n not in out)))
        if half_of(code) == half:
            cases += [Case(name, frozenset({code})) for name in out]
    return HeldOut(concepts, cases)


def half_of(code: str) -> Half:
    """The half a concept belongs to."""
    return "test" if zlib.crc32(code.encode()) % 2 else "validation"


def slip(text: str, dice: random.Random) -> str:
    """The folded text with one letter swapped with its neighbour, dropped, doubled or replaced."""
    plain = "".join(fold(c) for c in text)
    long = [w for w in words_of(plain) if len(w.form) >= 4]
    if not long:
        return plain
    word = dice.choice(long)
    at = dice.randrange(word.start + 1, word.end - 1)
    kind = dice.choice(("swap", "drop", "double", "replace"))
    put = {
        "swap": plain[at + 1] + plain[at],
        "drop": plain[at + 1],
        "double": plain[at] * 2 + plain[at + 1],
        "replace": dice.choice(_LETTERS) + plain[at + 1],
    }[kind]
    return plain[:at] + put + plain[at + 2 :]


class _Triples:
    """The most alike of many names, by the share of letter triples in common (Dice)."""

    def __init__(self, names: Iterable[str]) -> None:
        self.sizes: list[int] = []
        self.holders: dict[str, list[int]] = {}
        for number, name in enumerate(names):
            own = self._of(name)
            self.sizes.append(len(own))
            for triple in own:
                self.holders.setdefault(triple, []).append(number)

    @staticmethod
    def _of(name: str) -> set[str]:
        padded = f"  {fold(name)} "
        return {padded[i : i + 3] for i in range(len(padded) - 2)}

    def nearest(self, name: str) -> float:
        own = self._of(name)
        shared: dict[int, int] = {}
        for triple in own:
            for number in self.holders.get(triple, ()):
                shared[number] = shared.get(number, 0) + 1
        return max((2 * n / (self.sizes[k] + len(own)) for k, n in shared.items()), default=0.0)
