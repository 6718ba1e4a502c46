"""A proposed PRK level (1 to 8) of an entry, with the words it rests on; or why none can be proposed (RG-7).

Never a bare number: every reason names the outcome's words, the axis and what they speak for. A proposal is the level
most of the words allow, the demanding ones counting a little more, because an entry holds all its outcomes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dorobek.register.analysis.cues import CUES, Axis, Cue
from dorobek.register.analysis.words import LONGEST, STOP, content, stem, tokens

LEVELS = range(1, 9)
OF_DESCRIPTOR = _("to słowo stoi w charakterystykach tych poziomów")
FEW_REASONS, FEW_WORDINGS, FEW_AXES = 4, 4, 2  # below any of these no level is proposed
FADES = 0.35  # how much a word still speaks for the level next to its own
DEMANDING = 0.14  # how much more a word counts for each level it stands higher
OFFICIAL = 6  # words of the official descriptor shown
NARROW = 3  # levels at most in whose descriptors a word stands for it to tell one from another
TRUST = 0.5  # in a word of a descriptor, beside one of the own tables: descriptors speak in general words


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of a wording that speak for levels `low` to `high`. `place` names the wording as the caller did."""

    axis: Axis
    low: int
    high: int
    meaning: str | Promise
    words: str
    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A similar entry with a level of its own; for comparison, it does not move the proposal."""

    code: str
    title: str
    level: int
    met: tuple[str, ...] = ()  # words that make it similar


@dataclass(frozen=True, slots=True)
class Proposal:
    """`level` is None when the text does not allow one; `lacks` says then what is missing: reasons, axes, agreement.

    `support` by level, 0 to 1 of the best; `official`: words that meet the imported descriptor of the level.
    """

    level: int | None
    reasons: tuple[Reason, ...]
    support: tuple[float, ...]
    lacks: str = ""
    neighbours: tuple[Neighbour, ...] = ()
    official: tuple[str, ...] = ()

    @property
    def for_it(self) -> list[Reason]:
        """Reasons that speak for the proposed level."""
        return [one for one in self.reasons if self.level and one.low <= self.level <= one.high]

    @property
    def against(self) -> list[Reason]:
        """Reasons that speak for another level."""
        return [one for one in self.reasons if not (self.level and one.low <= self.level <= one.high)]


def propose(
    wordings: Iterable[tuple[str, str]],
    *,
    neighbours: Sequence[Neighbour] = (),
    descriptors: Mapping[int, str] | None = None,
) -> Proposal:
    """A level for the wordings `(place, text)` of an entry's outcomes and criteria.

    `descriptors`: official texts by level, where the installation has imported them; words that stand in those of few
    neighbouring levels are reasons too, after the tables' own.
    """
    held = [(place, text[:LONGEST]) for place, text in wordings if text.strip()]
    telling = telling_words(descriptors or {})
    reasons = tuple(reason for place, text in held for reason in _reasons(place, text, telling))
    support = _support(reasons)
    lacks = _lacking(held, reasons, support)
    level = None if lacks else max(LEVELS, key=lambda one: support[one - 1])
    official = _official(held, (descriptors or {}).get(level or 0, ""))
    return Proposal(level, reasons, support, lacks, tuple(neighbours), official)


def telling_words(descriptors: Mapping[int, str]) -> dict[str, tuple[int, int]]:
    """Stems that stand in the descriptors of at most NARROW neighbouring levels: the lowest and the highest of them."""
    stands: dict[str, list[int]] = defaultdict(list)
    for level in sorted(set(descriptors) & set(LEVELS)):
        for word in content(descriptors[level]):
            stands[word].append(level)
    if len(set(descriptors) & set(LEVELS)) <= NARROW:  # of a few levels no word can tell
        return {}
    return {word: (at[0], at[-1]) for word, at in stands.items() if at[-1] - at[0] < NARROW and len(word) > 3}


def _reasons(place: str, text: str, telling: Mapping[str, tuple[int, int]]) -> list[Reason]:
    """Words of one wording; where two cues meet the same words, the longer hit counts."""
    hits: list[tuple[int, int, Cue]] = [(h.start(), h.end(), cue) for cue in CUES for h in cue.pattern.finditer(text)]
    hits.sort(key=lambda one: (one[0] - one[1], -one[2].low, one[0]))
    kept: list[tuple[int, int, Cue]] = []
    for start, end, cue in hits:
        if all(end <= other or start >= until for other, until, _cue in kept):
            kept.append((start, end, cue))
    found = [Reason(cue.axis, cue.low, cue.high, cue.meaning, text[a:b], place, a, b) for a, b, cue in kept]
    for token in tokens(text) if telling else ():
        told = telling.get(stem(token.form)) if token.form not in STOP else None
        if told and all(token.end <= start or token.start >= end for start, end, _cue in kept):
            words = text[token.start : token.end]
            found.append(Reason(Axis.DESCRIPTOR, *told, OF_DESCRIPTOR, words, place, token.start, token.end))
    return sorted(found, key=lambda one: one.start)


def _support(reasons: Sequence[Reason]) -> tuple[float, ...]:
    """How much speaks for each level, the best being 1. The same words twice count less each time."""
    sums: dict[int, float] = defaultdict(float)
    seen: dict[tuple[Axis, int, str], int] = defaultdict(int)
    for reason in reasons:
        key = (reason.axis, reason.low, reason.words.lower())
        seen[key] += 1
        trust = TRUST if reason.axis == Axis.DESCRIPTOR else 1.0
        weight = trust * (1 + DEMANDING * (reason.low + reason.high) / 2) / seen[key] / (reason.high - reason.low + 1)
        for level in LEVELS:
            away = max(reason.low - level, level - reason.high, 0)
            sums[level] += weight * FADES**away
    best = max(sums.values(), default=0.0)
    return tuple(round(sums[level] / best, 3) if best else 0.0 for level in LEVELS)


def _lacking(held: Sequence[tuple[str, str]], reasons: Sequence[Reason], support: Sequence[float]) -> str:
    """What is missing for a proposal: "wordings", "reasons", "axes", "agreement"; empty when nothing is."""
    if len(held) < FEW_WORDINGS:
        return "wordings"
    if len({(one.axis, one.words.lower()) for one in reasons}) < FEW_REASONS:
        return "reasons"
    if len({one.axis for one in reasons}) < FEW_AXES:
        return "axes"
    best = max(LEVELS, key=lambda one: support[one - 1])
    if any(abs(level - best) > 2 and support[level - 1] > 0.85 for level in LEVELS):
        return "agreement"
    return ""


def _official(held: Sequence[tuple[str, str]], descriptor: str) -> tuple[str, ...]:
    """Words of the entry that stand in the official descriptor too."""
    wanted = content(descriptor)
    met: dict[str, str] = {}
    for _place, text in held:
        for word, form in content(text).items():
            if word in wanted:
                met.setdefault(word, form)
    return tuple(met.values())[:OFFICIAL]
