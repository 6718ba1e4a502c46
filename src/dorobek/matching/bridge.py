"""From everyday words to occupations: by the names of occupations, and by way of a catalogue that knows how people talk.

"Siedziałam na kasie" shares no word with "kasjer", but the catalogue's competence that it means has that word too.
"""

import threading
from collections import defaultdict

from dorobek.matching.index import Index
from dorobek.matching.ranking import strength_of
from dorobek.matching.types import Suggestion

COMPETENCES = 3  # of the catalogue that are followed
NAMES = 8  # occupations that one phrase of a competence may mean
LONGEST = 3  # content words of such a phrase
LEAST = 0.1  # score of a competence, and of an occupation it means, from which they are followed
TRUST = 0.8  # in an occupation found this way, beside one found by its name


class Bridge:
    """A catalogue's index and an index of occupations in one language. What was once followed is remembered."""

    def __init__(self, catalogue: Index, occupations: Index) -> None:
        self.catalogue = catalogue
        self.occupations = occupations
        self._place = {code: number for number, code in enumerate(catalogue.codes)}
        self._known: dict[str, dict[str, float]] = {}
        self._lock = threading.Lock()

    def likely(self, text: str, limit: int) -> list[Suggestion]:
        """Occupations that a text sounds like, best first; the words that met are always words of the text."""
        found = {one.code: one for one in self.occupations.suggest(text, limit)}
        for competence in self.catalogue.suggest(text, COMPETENCES):
            if competence.score < LEAST:
                continue
            for code, near in self._meant(competence.code).items():
                score = round(TRUST * near * competence.score, 6)
                if code not in found or found[code].score < score:
                    found[code] = Suggestion(code, score, strength_of(score), competence.matches)
        return sorted(found.values(), key=lambda one: (-one.score, one.code))[:limit]

    def _meant(self, code: str) -> dict[str, float]:
        """Occupations that a competence's own phrases mean, each with how surely (0 to 1)."""
        with self._lock:
            if code in self._known:
                return self._known[code]
        votes: dict[str, float] = defaultdict(float)
        concept = self.catalogue.concepts[self._place[code]]
        for phrase in (concept.title, *concept.words):
            if len(self.catalogue.language.content_words(phrase)) <= LONGEST:
                for one in self.occupations.suggest(phrase, NAMES):
                    votes[one.code] += one.score**2
        meant = {one: min(1.0, vote) for one, vote in votes.items() if vote >= LEAST}
        with self._lock:
            self._known[code] = meant
        return meant
