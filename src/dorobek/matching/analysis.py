"""The language side of an index: which words count, and how a word becomes a stem, a key and a root."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

import Stemmer

from dorobek.matching import polish
from dorobek.matching.text import Word, words_of
from dorobek.matching.types import Language


def _stop_words(language: Language) -> frozenset[str]:
    """Folded words of a language that say nothing about what someone can do."""
    file = resources.files("dorobek.matching") / "data" / f"stop_words_{language}.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Analyser:
    """How one language is read. `stem` of a folded form; `key` and `root` of a stem, ever coarser."""

    stop_words: frozenset[str]
    stem: Callable[[str], str]
    key: Callable[[str], str]
    root: Callable[[str], str]

    def content_words(self, text: str) -> list[Word]:
        """Words of a text that carry meaning: no stop words, no single letters, no bare numbers."""
        return [w for w in words_of(text) if self.counts(w.form)]

    def counts(self, form: str) -> bool:
        """Whether a folded form carries meaning."""
        return len(form) > 1 and form not in self.stop_words and not form.isdigit()


def _same(stemmed: str) -> str:
    return stemmed


def analyser(language: Language) -> Analyser:
    """The analyser of a language. ValueError when there is none."""
    if language == "pl":
        return Analyser(_stop_words(language), polish.stem, polish.soft_key, polish.root)
    if language == "en":
        snowball = Stemmer.Stemmer("english")
        return Analyser(_stop_words(language), snowball.stemWord, _same, _same)
    raise ValueError(f"no analyser for language {language!r}")
