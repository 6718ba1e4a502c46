"""Why a concept was suggested: the words of the text and the words of the concept that met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dorobek.matching.types import Match

if TYPE_CHECKING:
    from dorobek.matching.index import Index
    from dorobek.matching.ranking import PhraseHit
    from dorobek.matching.text import Word

MOST_MATCHES = 4
_ALIKE = 0.4  # likeness of two words that explains something
_WORTH = 0.2  # share of the best phrase's gain below which a phrase explains nothing


def matches_of(index: Index, text: str, words: list[Word], hits: list[PhraseHit]) -> tuple[Match, ...]:
    """Up to four places, in the order of the text, no word of the text in two of them."""
    taken: set[int] = set()
    found: list[Match] = []
    for hit in hits:
        if len(found) >= MOST_MATCHES or hit.gain < _WORTH * hits[0].gain:
            break
        fresh = sorted(set(hit.places) - taken)
        if not fresh:
            continue
        for run in _runs(fresh):
            taken.update(run)
            found.append(_match(index, text, words, hit, run))
    return tuple(sorted(found[:MOST_MATCHES], key=lambda m: m.text_start))


def alike_words(index: Index, text: str, words: list[Word], name: int) -> tuple[Match, ...]:
    """The word of the text and the word of a name that are most alike, when no word met; none if none is alike."""
    if name < 0 or not words:
        return ()
    phrase = index.phrase_texts[name]
    known = index.language.content_words(phrase)
    words = words[:60]
    if not known:
        return ()
    likeness = index.nearness.word_likeness([w.form for w in words], [w.form for w in known])
    here, there = divmod(int(likeness.argmax()), len(known))
    if likeness[here, there] < _ALIKE:
        return ()
    mine, its = words[here], known[there]
    return (
        Match(
            text_start=mine.start,
            text_end=mine.end,
            words_in_text=text[mine.start : mine.end],
            words_in_concept=phrase[its.start : its.end],
            through=index.phrase_fields[name],
        ),
    )


def _runs(places: list[int]) -> list[list[int]]:
    """Places split where a content word of the text stands between them."""
    runs = [[places[0]]]
    for place in places[1:]:
        if place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _match(index: Index, text: str, words: list[Word], hit: PhraseHit, run: list[int]) -> Match:
    start, end = words[run[0]].start, words[run[-1]].end
    stems = {s for s, p in zip(hit.stems, hit.places, strict=True) if p in run}
    return Match(
        text_start=start,
        text_end=end,
        words_in_text=text[start:end],
        words_in_concept=_words_in_concept(index, hit.phrase, stems),
        through=index.phrase_fields[hit.phrase],
    )


def _words_in_concept(index: Index, phrase: int, stems: set[int]) -> str:
    """The part of the phrase from the first to the last word met; a short everyday phrase whole."""
    text = index.phrase_texts[phrase]
    words = index.language.content_words(text)
    if index.phrase_fields[phrase] == "words" and len(words) <= 4:
        return text
    met = [w for w, s in zip(words, index.stems_of(phrase), strict=True) if s in stems]
    return text[met[0].start : met[-1].end]
