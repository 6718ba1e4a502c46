"""Which criteria of an entry somebody's own words meet: the matcher's proposals, for a person to take or leave (VA-1)."""

import threading
from collections import OrderedDict

from dorobek.kernel.ids import uuid7
from dorobek.portfolio.readiness import Piece, PieceKind, Readiness, Standing, WantedOutcome, Yardstick, measure
from dorobek.portfolio.readiness.entries import wanted_of
from dorobek.register.entry import Entry

KEPT = 50  # yardsticks in memory
LONGEST = 6000  # letters of one text that are read
_lock = threading.Lock()
_yardsticks: OrderedDict[tuple[WantedOutcome, ...], Yardstick] = OrderedDict()


def yardstick_of(entry: Entry) -> Yardstick:
    """The entry's outcomes with an index over them; the last ones stay in memory."""
    wanted = tuple(wanted_of(entry))
    with _lock:
        held = _yardsticks.get(wanted)
        if held is not None:
            _yardsticks.move_to_end(wanted)
            return held
    made = Yardstick.of(wanted)
    with _lock:
        _yardsticks[wanted] = made
        while len(_yardsticks) > KEPT:
            _yardsticks.popitem(last=False)
    return made


def criteria_met(entry: Entry, text: str) -> list[str]:
    """Codes of the criteria that the text meets, best first; an outcome met as a whole brings all of its criteria."""
    words = text.strip()[:LONGEST]
    if not words:
        return []
    piece = Piece(uuid7(), PieceKind.EPISODE, "", (words,), Standing.HELD)
    return ranked(measure(yardstick_of(entry), [piece]))


def ranked(found: Readiness) -> list[str]:
    """Criteria that anything meets, nearest first."""
    scores: dict[str, float] = {}
    for outcome in found.outcomes:
        number = outcome.wanted.number
        for one in outcome.criteria:
            if one.because:
                scores[f"{number}.{one.wanted.letter}"] = one.because[0].score
        if not outcome.criteria and outcome.because:
            scores[number] = outcome.because[0].score
    return sorted(scores, key=lambda code: (-scores[code], code))
