"""The agreement (SA-5): goals, tasks, difficulties, rules, confidentiality, consents, and who accepted it when."""

from django.utils.translation import gettext as _

from dorobek.audits.documents.common import Writer, nothing, section
from dorobek.audits.models import Agreement
from dorobek.kernel.documents import Block, Cell, DefinitionList, Document, Heading, Paragraph, Table
from dorobek.programmes.enums import DocumentKind


def agreement(writer: Writer) -> Document:
    held = writer.file.agreement or Agreement()
    parts = (
        (_("Cel główny"), held.main_goal, _("Cel główny nie został jeszcze zapisany.")),
        (_("Cele pośrednie"), held.intermediate_goals, _("Celów pośrednich nie zapisano.")),
        (_("Zadania doradcy"), held.adviser_tasks, _("Zadania doradcy nie zostały jeszcze zapisane.")),
        (
            writer.by_form(
                madam=_("Zadania uczestniczki"), sir=_("Zadania uczestnika"), neutral=_("Zadania osoby uczestniczącej")
            ),
            held.participant_tasks,
            _("Te zadania nie zostały jeszcze zapisane."),
        ),
        (
            _("Co może być trudne i co wtedy zrobimy"),
            held.difficulties,
            _("Trudności nie zapisano. Jeśli się pojawią, porozmawiamy o nich."),
        ),
        (_("Zasady"), held.rules, _("Dodatkowych zasad nie zapisano.")),
        (_("Poufność"), held.confidentiality, _("Zasady poufności nie zostały jeszcze zapisane.")),
    )
    blocks: list[Block] = []
    for title, text, empty in parts:
        blocks += section(title, writer.listed(text), empty)
    blocks += [Heading(1, _("Zgody")), _consents(writer), Heading(1, _("Przyjęcie kontraktu"))]
    blocks.append(_acceptance(writer, held))
    return writer.document(DocumentKind.AGREEMENT, tuple(blocks))


def _consents(writer: Writer) -> Block:
    titles = {one.code: writer.bilingual(one.title) for one in writer.file.rules.consents}
    texts = {(one.code, str(one.version)): writer.bilingual(one.text) for one in writer.file.rules.consents}
    rows = []
    for consent in writer.file.consents:
        wording = texts.get((consent.code, consent.wording_version), consent.wording)
        what = Cell((Paragraph(titles.get(consent.code, consent.code)), Paragraph(wording, muted=True)))
        if consent.withdrawn_at:
            answer = _("wycofana %s") % writer.day(consent.withdrawn_at)
        else:
            answer = _("tak") if consent.given else _("nie")
        rows.append((what, answer, writer.day(consent.decided_at)))
    if not rows:
        return nothing(_("Nie zapisano jeszcze żadnej zgody."))
    header = (_("Zgoda"), _("Odpowiedź"), _("Kiedy"))
    return Table(_("Zgody i odpowiedzi"), header, tuple(rows), widths=(6, 1.6, 2))


def _acceptance(writer: Writer, held: Agreement) -> DefinitionList:
    waiting = _("jeszcze nie przyjęto")
    participant = writer.day(held.participant_accepted_at) or waiting
    if held.participant_accepted_at and held.participant_assisted_by:
        participant += _(" (w trybie wspólnym; zapisał(a): %s)") % held.participant_assisted_by.name
    return DefinitionList(
        (
            (writer.adviser_word, writer.day(held.adviser_accepted_at) or waiting),
            (writer.participant_word, participant),
        )
    )
