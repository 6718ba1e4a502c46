"""What every document shares: letterhead, who it is about, a person's own words, sentences for empty sections."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.audits.models import LifeEvent
from dorobek.audits.queries.documents import CaseFile
from dorobek.kernel.documents import (
    Block,
    Bullets,
    Document,
    Flow,
    Heading,
    Language,
    Paragraph,
    Picture,
    Run,
    Signature,
    SignatureLines,
    paragraphs,
)
from dorobek.kernel.documents.text import is_simple
from dorobek.kernel.documents.tree import picture_kind
from dorobek.people.enums import AddressForm
from dorobek.programmes.enums import DocumentKind
from dorobek.programmes.rules.words import Bilingual

LONG_EXAMPLE = 420  # characters of an example in a table; the record of the interview holds all of it


@dataclass(frozen=True)
class Writer:
    """A case being written down in one language. Used under `translation.override(language)`."""

    file: CaseFile
    language: Language

    # -- words --

    def typed(self, text: str, *, strong: bool = False) -> Run:
        """What somebody typed; in an English document Polish words are marked as Polish, for reading aloud."""
        foreign = self.language == "en" and self.file.person.language != "en" and is_simple(text)
        return Run(text, strong=strong, lang="pl" if foreign else None)

    def told(self, text: str, *, quote: bool = False) -> tuple[Paragraph, ...]:
        """A long answer as paragraphs; `quote` for the participant's own words."""
        return tuple(Paragraph(self.typed(str(one.text)), quote=quote) for one in paragraphs(text))

    def listed(self, text: str) -> tuple[Block, ...]:
        """Tasks or rules typed line by line as a list; running text as paragraphs."""
        lines = [line.strip().removeprefix("-").removeprefix("•").strip() for line in text.splitlines()]
        lines = [line for line in lines if line]
        if len(lines) < 2:
            return self.told(text)
        return (Bullets(tuple(self.typed(line) for line in lines)),)

    def labelled(self, label: str, text: str) -> Paragraph:
        """A label in bold, then what was typed."""
        return Paragraph((Run(f"{label}: ", strong=True), self.typed(text)))

    def naming(self, pattern: str, text: str) -> tuple[str | Run, ...]:
        """ "Postęp: %s" with what was typed in its place, marked as such."""
        before, _sign, after = pattern.partition("%s")
        return tuple(part for part in (before, self.typed(text), after) if part)

    def asked(self, bank: Mapping[str, Bilingual], code: str, stored: str) -> Run:
        """A question as it was put; in the document's language while the programme's wording is the one that was put."""
        known = bank.get(code)
        if known is not None and stored in (known.pl, known.en):
            return Run(known.text(self.language), strong=True)
        return self.typed(stored, strong=True)

    def bilingual(self, text: Bilingual | None) -> str:
        return text.text(self.language) if text else ""

    def day(self, value: object) -> str:
        return words.day(value, self.language)  # type: ignore[arg-type]

    def when(self, event: LifeEvent) -> str:
        """From when to when, as far as it is known."""
        starts = words.partial(event.starts, event.starts_said, self.language)
        ends = words.partial(event.ends, event.ends_said, self.language)
        if event.ongoing:
            return _("od: %s, nadal") % starts if starts else _("nadal")
        if starts and ends and starts != ends:
            return f"{starts} – {ends}"
        return starts or (_("do: %s") % ends if ends else "")

    def by_form(self, *, madam: str, sir: str, neutral: str) -> str:
        return words.by_form(self.file.person, madam=madam, sir=sir, neutral=neutral)

    # -- who --

    @property
    def participant_word(self) -> str:
        """What this programme calls the person, by the form of address."""
        term = self.file.rules.words.terms.get("participant")
        if term is not None and term.pl != "uczestnik":
            return words.capital(term.text(self.language))
        return self.by_form(madam=_("Uczestniczka"), sir=_("Uczestnik"), neutral=_("Osoba uczestnicząca"))

    @property
    def adviser_word(self) -> str:
        term = self.file.rules.words.terms.get("adviser")
        return words.capital(term.text(self.language) if term else _("doradca zawodowy"))

    @property
    def polite(self) -> bool:
        """False for somebody who wishes no Pan or Pani."""
        return self.file.person.address_form != AddressForm.NEUTRAL

    # -- frame --

    def title(self, kind: DocumentKind) -> str:
        spec = self.file.rules.document(kind)
        return spec.name.text(self.language) if spec else str(kind.label)

    def document(self, kind: DocumentKind, blocks: tuple[Block, ...]) -> Document:
        """The document with letterhead and its places to sign; version and date are added when it is handed over."""
        file, spec = self.file, self.file.rules.document(kind)
        signed = self.signatures(kind) if spec and spec.signed else ()
        return Document(
            title=self.title(kind),
            language=self.language,
            subtitle=spec.purpose.text(self.language) if spec else "",
            institution=file.institution.name,
            institution_lines=self.letterhead(),
            logo=self.logo(),
            funding_notice=self.bilingual(file.rules.identity.funding_notice),
            meta=self.meta(),
            reference=file.audit.number,
            author=file.institution.name,
            blocks=(*blocks, *signed),
        )

    def letterhead(self) -> tuple[str, ...]:
        """Unit with its place, address, contact."""
        unit, office = self.file.unit, self.file.institution
        lines = (
            ", ".join(part for part in (unit.name, unit.place) if part),
            office.address,
            ", ".join(part for part in (_("tel. %s") % office.phone if office.phone else "", office.email) if part),
        )
        return tuple(line for line in lines if line)

    def logo(self) -> Picture | None:
        data = self.file.logo
        if not data or picture_kind(data) is None:
            return None
        return Picture(data, alt=_("Znak graficzny: %s") % self.bilingual(self.file.rules.identity.name))

    def meta(self) -> tuple[tuple[str, str], ...]:
        audit = self.file.audit
        rows = (
            (self.participant_word, self.file.person.name),
            (_("Numer sprawy"), audit.number),
            (_("Numer wsparcia"), audit.support_number),
            (_("Program"), self.bilingual(self.file.rules.identity.name)),
            (self.adviser_word, self.file.adviser.name),
        )
        return tuple((label, value) for label, value in rows if value)

    def signatures(self, kind: DocumentKind) -> tuple[Block, ...]:
        """Places to sign under a heading that says what is signed, so that they never stand alone on a page."""
        what = f"{self.title(kind)}, {self.file.audit.number}"
        places = (
            Signature(_("data i podpis: %s") % self.participant_word.lower(), self.file.person.name),
            Signature(_("data i podpis: %s") % self.adviser_word.lower(), self.file.adviser.name),
        )
        return (Heading(2, _("Podpisy: %s") % what), SignatureLines(places))


def nothing(sentence: str) -> Paragraph:
    """The sentence that stands for an empty section."""
    return Paragraph(sentence, muted=True)


def section(title: str, blocks: tuple[Block, ...], empty: str, *, level: int = 1) -> tuple[Block, ...]:
    """A heading with what belongs under it, or with the sentence that says why there is nothing."""
    return (Heading(level, title), *(blocks or (nothing(empty),)))


def shortened(text: str, limit: int = LONG_EXAMPLE) -> str:
    """A long story's beginning, ended at a sentence or a word, for a table; the whole is in the record."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[:limit]
    stop = max(head.rfind(". "), head.rfind("! "), head.rfind("? "))
    if stop > limit // 2:
        return f"{head[: stop + 1]} […]"
    return f"{head.rsplit(' ', 1)[0]} […]"


def flows(*parts: tuple[Flow, ...]) -> tuple[Flow, ...]:
    return tuple(one for part in parts for one in part)
