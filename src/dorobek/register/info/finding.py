"""Which words of an info page and of a query are the same word: stems, without Polish letters."""

from dorobek.matching.polish import stem
from dorobek.matching.text import words_of
from dorobek.register.info.markup import plain

MOST = 8  # words of a query that are read
LONGEST = 200


def stems(text: str) -> list[str]:
    """Stems of the words, each once, in order."""
    return list(dict.fromkeys(stem(word.form) for word in words_of(text)))


def search_text(*texts: str) -> str:
    """What a page is found by: the stems of all its words, each with a space before it."""
    return " " + " ".join(dict.fromkeys(one for text in texts for one in stems(plain(text))))


def asked(query: str) -> list[str]:
    """The stems that a page must have."""
    return stems(query[:LONGEST])[:MOST]
