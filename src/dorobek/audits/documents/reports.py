"""Preliminary and final report (SA-11, SA-12): what the case shows, with the adviser's words in each section."""

from django.utils.translation import gettext as _

from dorobek.audits.documents import parts, words
from dorobek.audits.documents.common import Writer, section
from dorobek.audits.documents.sections import FINAL_SECTIONS, PRELIMINARY_SECTIONS
from dorobek.audits.enums import MeetingState
from dorobek.audits.models import Synthesis
from dorobek.kernel.documents import (
    Block,
    Bullets,
    Cell,
    DefinitionList,
    Document,
    Heading,
    Paragraph,
    Table,
)
from dorobek.programmes.enums import DocumentKind


def preliminary_report(writer: Writer) -> Document:
    file, synthesis = writer.file, writer.file.synthesis or Synthesis()
    summary = (*_adviser(writer, DocumentKind.PRELIMINARY_REPORT, "summary"), *writer.told(synthesis.picture))
    gaps = (*_adviser(writer, DocumentKind.PRELIMINARY_REPORT, "gaps"), *writer.told(synthesis.missing))
    coming = (*_adviser(writer, DocumentKind.PRELIMINARY_REPORT, "next"), *writer.told(synthesis.conclusions))
    blocks: list[Block] = [
        *section(str(PRELIMINARY_SECTIONS["summary"]), summary, _("Podsumowanie nie jest jeszcze napisane.")),
        *section(_("Mocne strony"), writer.told(synthesis.strengths), _("Mocne strony opiszemy po analizie."), level=2),
        *section(_("Kompetencje, które znaleźliśmy"), _found(writer), _("Nie nazwaliśmy jeszcze żadnej kompetencji."), level=2),
        *_for_analysis(writer),
        *section(_("Wyniki testów"), parts.results(writer), _("Nie wpisano wyników testów.")),
        *section(str(PRELIMINARY_SECTIONS["gaps"]), (*gaps, *_gaps(writer)), _("Niczego nie brakuje: każdy opis ma historię, potwierdzenie i dowód.")
                 if file.weaves else _("Braki opiszemy, gdy powstaną pierwsze opisy kompetencji.")),
        *section(str(PRELIMINARY_SECTIONS["next"]), coming, _("Dalsze kroki nie są jeszcze opisane.")),
        *section(_("Konsultacje i inna pomoc"), parts.help_elsewhere(writer), _("Nie zapisano konsultacji ani skierowań.")),
    ]  # fmt: skip
    return writer.document(DocumentKind.PRELIMINARY_REPORT, tuple(blocks))


def _adviser(writer: Writer, kind: DocumentKind, code: str) -> tuple[Paragraph, ...]:
    return writer.told(writer.file.section(kind, code))


def _found(writer: Writer) -> tuple[Block, ...]:
    weaves = writer.file.weaves
    if not weaves:
        return ()
    rows = []
    for kind, title in words.kinds_of_outcomes().items():
        group = [weave for weave in weaves if weave.competence.kind == kind]
        confirmed = sum(weave.competence.is_confirmed for weave in group)
        rows.append((title, str(len(group)), str(confirmed), str(sum(bool(weave.proofs) for weave in group))))
    header = (_("Rodzaj"), _("Opisane"), _("Potwierdzone"), _("Z dowodem"))
    return (Table(_("Kompetencje w liczbach"), header, tuple(rows), widths=(4, 2, 2, 2), row_headers=True),)


def _for_analysis(writer: Writer) -> tuple[Block, ...]:
    marked = [weave.competence for weave in writer.file.weaves if weave.competence.for_analysis]
    if not marked:
        return ()
    return (
        Heading(2, _("Wybrane do dalszej analizy")),
        Bullets(tuple(writer.typed(one.wording) for one in marked)),
    )


def _gaps(writer: Writer) -> tuple[Block, ...]:
    """For each competence what is missing or contradicts."""
    names = words.gap_words()
    rows = tuple(
        (writer.typed(weave.competence.wording), Cell((Bullets(tuple(names[code] for code in weave.missing)),)))
        for weave in writer.file.weaves
        if weave.missing
    )
    if not rows:
        return ()
    return (Table(_("Braki przy poszczególnych opisach"), (_("Kompetencja"), _("Czego brakuje")), rows, widths=(5, 4)),)


def final_report(writer: Writer) -> Document:
    confirmed = [weave.competence for weave in writer.file.weaves if weave.competence.is_confirmed]
    blocks: list[Block] = [
        Heading(1, _("Bilans w skrócie")),
        _in_short(writer),
        *section(str(FINAL_SECTIONS["course"]), (*_adviser(writer, DocumentKind.FINAL_REPORT, "course"),
                 *parts.meetings(writer)), _("Nie zapisano jeszcze żadnego spotkania.")),
        *section(str(FINAL_SECTIONS["results"]), _adviser(writer, DocumentKind.FINAL_REPORT, "results"),
                 _("Wnioski nie są jeszcze napisane.")),
        *section(_("Potwierdzone kompetencje"), parts.competences_by_kind(writer, confirmed, level=3),
                 _("Nie ma jeszcze potwierdzonych kompetencji."), level=2),
        *section(_("Cele na dalszą drogę"), parts.goals_in_short(writer), _("Cele nie są jeszcze ustalone."), level=2),
        *section(_("Narzędzia, z których korzystaliśmy"), _tools(writer), _("Nie wpisano wyników testów."), level=2),
        *section(_("Inna pomoc"), parts.help_elsewhere(writer), _("Nie zapisano konsultacji ani skierowań."), level=2),
        *section(str(FINAL_SECTIONS["recommendations"]), _adviser(writer, DocumentKind.FINAL_REPORT, "recommendations"),
                 _("Zalecenia nie są jeszcze napisane.")),
    ]  # fmt: skip
    return writer.document(DocumentKind.FINAL_REPORT, tuple(blocks))


def _in_short(writer: Writer) -> DefinitionList:
    file, audit = writer.file, writer.file.audit
    plan = file.plan
    held = [one.starts_at for one in file.meetings if one.state == MeetingState.HELD]
    confirmed = [weave for weave in file.weaves if weave.competence.is_confirmed]
    proved = sum(bool(weave.proofs) for weave in confirmed)
    counted = _("potwierdzone: %(count)d, z dowodem: %(proved)d") % {"count": len(confirmed), "proved": proved}
    rows = (
        (_("Rodzaj bilansu"), str(audit.get_variant_display())),
        (_("Początek"), writer.day(audit.registered_on)),
        (_("Ostatnie spotkanie"), writer.day(max(held, default=None))),
        (_("Uzgodniony cel"), plan.agreed_aim if plan else ""),
        (_("Co udało się zrobić"), plan.realised_scope if plan else ""),
        (_("Kompetencje"), counted if file.weaves else ""),
    )
    return DefinitionList(tuple((label, Cell(writer.told(value))) for label, value in rows if value))


def _tools(writer: Writer) -> tuple[Block, ...]:
    found = tuple(
        (
            writer.typed(result.tool, strong=True),
            f", {writer.day(result.taken_on)}, {result.get_validity_display()}",
        )
        for result in writer.file.results
    )
    return (Bullets(found),) if found else ()
