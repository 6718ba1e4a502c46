"""The few words that the writers add themselves, in the languages of a document."""

from dataclasses import dataclass

from .tree import Language


@dataclass(frozen=True, slots=True)
class Words:
    page: str
    of: str
    untitled: str
    logo: str


WORDS: dict[Language, Words] = {
    "pl": Words(page="Strona", of="z", untitled="Dokument bez tytułu", logo="Znak graficzny instytucji"),
    "en": Words(page="Page", of="of", untitled="Untitled document", logo="Logo of the institution"),
}
