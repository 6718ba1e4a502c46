"""The skills audit card (SA-12): learning outcome | examples of experience, action or result | evidence."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dorobek.audits.documents import words
from dorobek.audits.documents.common import Writer, nothing, shortened
from dorobek.audits.models import Episode, LifeEvent
from dorobek.audits.queries.weave import Strand, Weave
from dorobek.instruments.models import ScaleResult
from dorobek.kernel.documents import Block, Cell, Document, Flow, Heading, Paragraph, Run, Table
from dorobek.portfolio.enums import CompetenceState, EvidenceKind, Mark
from dorobek.programmes.enums import DocumentKind


def audit_card(writer: Writer) -> Document:
    weaves = writer.file.weaves
    held = [weave for weave in weaves if weave.competence.is_confirmed]
    disputed = [weave for weave in weaves if weave.competence.is_disputed]
    waiting = sum(weave.competence.state == CompetenceState.CLAIMED for weave in weaves)
    blocks: list[Block] = [Paragraph(_intro(writer))]
    for kind, title in words.kinds_of_outcomes().items():
        group = [weave for weave in held if weave.competence.kind == kind]
        blocks.append(Heading(1, title))
        blocks.append(
            _table(writer, title, group) if group else nothing(_("W tej grupie nic jeszcze nie jest potwierdzone."))
        )
    if waiting:
        blocks.append(nothing(_waiting(waiting)))
    if disputed:
        blocks += _disputed(writer, disputed)
    return writer.document(DocumentKind.AUDIT_CARD, tuple(blocks))


def _intro(writer: Writer) -> str:
    return writer.by_form(
        madam=_("Karta zawiera to, co Pani wie i umie i co Pani sama potwierdziła. Przy każdym zdaniu jest "
                "przykład i dowód, jeśli jest."),
        sir=_("Karta zawiera to, co Pan wie i umie i co Pan sam potwierdził. Przy każdym zdaniu jest "
              "przykład i dowód, jeśli jest."),
        neutral=_("Karta zawiera to, co osoba uczestnicząca wie i umie i co sama potwierdziła. Przy każdym zdaniu jest "
                  "przykład i dowód, jeśli jest."),
    )  # fmt: skip


def _waiting(count: int) -> str:
    return ngettext(
        "Nie ma tu jeszcze %d opisu, który czeka na potwierdzenie.",
        "Nie ma tu jeszcze opisów, które czekają na potwierdzenie: %d.",
        count,
    ) % count  # fmt: skip


def _table(writer: Writer, title: str, group: Sequence[Weave]) -> Table:
    header = (_("Efekt uczenia się"), _("Przykłady doświadczeń, działań lub rezultatów"), _("Dowody"))
    rows = tuple(
        (writer.typed(weave.competence.wording), examples(writer, weave), proofs(writer, weave)) for weave in group
    )
    caption = _("%(kind)s, potwierdzone opisy: %(count)d") % {"kind": title, "count": len(group)}
    return Table(caption, header, rows, widths=(3, 4, 3), row_headers=True)


def examples(writer: Writer, weave: Weave) -> Cell:
    """What the competence rests on: episodes with their result, life events with their duties."""
    found: list[Flow] = [_episode(writer, one) for one in weave.episodes]
    found += [_event(writer, one) for one in weave.events]
    return Cell(tuple(found) or (nothing(_("Nie ma jeszcze przykładu.")),))


def _episode(writer: Writer, episode: Episode) -> Paragraph:
    told = episode.result or episode.action or episode.situation
    if not told:
        return Paragraph(writer.typed(episode.title, strong=True))
    return Paragraph((writer.typed(episode.title, strong=True), ". ", writer.typed(shortened(told))))


def _event(writer: Writer, event: LifeEvent) -> Paragraph:
    where = ", ".join(part for part in (event.organisation, writer.when(event)) if part)
    told = shortened(event.duties or event.outcomes)
    parts: list[str | Run] = [writer.typed(event.title, strong=True)]
    parts += [", ", writer.typed(where)] if where else []
    parts += [". ", writer.typed(told)] if told else []
    return Paragraph(tuple(parts))


def proofs(writer: Writer, weave: Weave) -> Cell:
    """Evidence with what the adviser says of it, and results of tests beside it; sources that disagree both stand."""
    found: list[Flow] = [_proof(writer, proof) for proof in weave.proofs]
    found += [_result(writer, result) for result in weave.results]
    return Cell(tuple(found) or (nothing(_("Nie ma jeszcze dowodu.")),))


def _proof(writer: Writer, proof: Strand) -> Paragraph:
    evidence = proof.evidence
    made = words.partial(evidence.made_on, "", writer.language)
    parts: list[str | Run] = [
        writer.typed(evidence.title),
        f" ({kinds_of_evidence().get(evidence.kind, evidence.kind)}{', ' + made if made else ''})",
    ]
    if evidence.seen_on:
        parts.append(". " + _("Oryginał widziany: %s") % writer.day(evidence.seen_on))
    parts.append(". " + _rating(writer, proof))
    return Paragraph(tuple(parts))


def kinds_of_evidence() -> Mapping[str, str]:
    """Short names, for a narrow column."""
    return {
        EvidenceKind.FILE: _("plik"),
        EvidenceKind.LINK: _("strona w internecie"),
        EvidenceKind.STATEMENT: _("oświadczenie"),
        EvidenceKind.OBJECT: _("rzecz"),
        EvidenceKind.CREDENTIAL: _("poświadczenie cyfrowe"),
    }


def _rating(writer: Writer, proof: Strand) -> str:
    rating = proof.rating
    if rating is None:
        return _("Jeszcze nieoceniony.")
    if not rating.supports:
        return _("Ocena z dnia %s: nie wystarcza.") % writer.day(rating.rated_at)
    marks = (rating.validity, rating.currency, rating.sufficiency, rating.authenticity)
    if all(mark == Mark.YES for mark in marks):
        return _("Ocena z dnia %s: potwierdza.") % writer.day(rating.rated_at)
    return _("Ocena z dnia %s: potwierdza częściowo.") % writer.day(rating.rated_at)


def _result(writer: Writer, scale: ScaleResult) -> Paragraph:
    said = ", ".join(part for part in (scale.score, str(scale.get_level_display() or "")) if part)
    result = scale.result
    return Paragraph(
        (
            writer.typed(f"{result.tool}: {scale.scale}"),
            f" – {said} ({writer.day(result.taken_on)}; {result.get_validity_display()})",
        )
    )


def _disputed(writer: Writer, disputed: Sequence[Weave]) -> tuple[Block, ...]:
    header = (
        _("Wersja doradcy"),
        writer.by_form(
            madam=_("Słowa uczestniczki"), sir=_("Słowa uczestnika"), neutral=_("Słowa osoby uczestniczącej")
        ),
        _("Na czym się opiera"),
    )
    rows = []
    for weave in disputed:
        one = weave.competence
        own = (one.participant_wording, one.comment)
        told = tuple(Paragraph(writer.typed(text), quote=True) for text in own if text)
        rows.append(
            (writer.typed(one.adviser_wording or one.wording), Cell(told or (Paragraph("–"),)), examples(writer, weave))
        )
    return (
        Heading(1, _("Opisy, co do których się nie zgadzamy")),
        Paragraph(_("Nie wliczamy ich do karty. Obie wersje są obok siebie, dopóki nie powstanie wspólna.")),
        Table(_("Opisy sporne"), header, tuple(rows), widths=(3, 3, 4)),
    )
