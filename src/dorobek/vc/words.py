"""From a parsed credential of any form to what a person wants to read of it."""

from typing import Any

from dorobek.vc.reading import is_badge2
from dorobek.vc.schema import types_of
from dorobek.vc.telling import badge3, others
from dorobek.vc.telling.words import Link, Told, Words

__all__ = ["Link", "Told", "Words", "words"]


def words(document: Any, language: str = "pl") -> Words:
    """What the document says, in Polish (`pl`) or English where it comes from our lists. Never raises.

    Nothing is checked here: show it beside the answers of `verifying.verify`, never instead.
    """
    if not isinstance(document, dict):
        return Words()
    if is_badge2(document):
        return others.badge2(document, language)
    if "EuropeanDigitalCredential" in types_of(document):
        return others.elm(document, language)
    return badge3.words(document, language)
