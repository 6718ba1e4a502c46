"""The participant card (SA-3): what is known at the start, section by section of the programme's card."""

from django.utils.translation import gettext as _

from dorobek.audits.documents.common import Writer, nothing
from dorobek.audits.documents.events import event_table
from dorobek.audits.enums import KIND_OF_SECTION
from dorobek.kernel.documents import Block, Cell, DefinitionList, Document, Heading
from dorobek.kernel.teryt import name_of
from dorobek.programmes.enums import CardSectionKind, DocumentKind
from dorobek.programmes.schema.shapes import CardSection


def participant_card(writer: Writer) -> Document:
    blocks: list[Block] = [Heading(1, _("Dane i kontakt")), _contact(writer)]
    for section in writer.file.rules.card.sections:
        blocks += [Heading(1, writer.bilingual(section.name)), *_section(writer, section)]
    return writer.document(DocumentKind.PARTICIPANT_CARD, tuple(blocks))


def _contact(writer: Writer) -> DefinitionList:
    person, audit = writer.file.person, writer.file.audit
    address = ", ".join(part for part in (person.street, f"{person.postal_code} {person.place}".strip()) if part)
    rows = (
        (_("Imię i nazwisko"), person.name),
        (_("Data urodzenia"), writer.day(person.birth_date)),
        (_("Adres"), address),
        (_("Powiat"), (name_of(person.teryt[:4]) or "") if person.teryt else ""),
        (_("Telefon"), person.phone),
        (_("E-mail"), person.email),
        (_("Data zgłoszenia"), writer.day(audit.registered_on)),
        (_("Rodzaj bilansu"), str(audit.get_variant_display())),
    )
    return DefinitionList(
        tuple((label, Cell(writer.told(value)) if value else _("nie podano")) for label, value in rows)
    )


def _section(writer: Writer, section: CardSection) -> tuple[Block, ...]:
    kind = KIND_OF_SECTION.get(section.kind)
    events = [one for one in writer.file.events if one.kind == kind and one.from_card]
    note = writer.file.notes.get(str(section.kind))
    labels = {one.code: writer.bilingual(one.label) for one in section.fields if one.label}
    blocks: list[Block] = []
    if events:
        blocks.append(event_table(writer, _("Po kolei: %s") % writer.bilingual(section.name).lower(), events, labels))
    if note and note.text:
        blocks += writer.told(note.text, quote=True)
    elif note and note.nothing_to_add and not events:
        blocks.append(nothing(_("Zapytaliśmy o to: w tej części nie ma nic do wpisania.")))
    return tuple(blocks) or (nothing(_empty(section.kind)),)


def _empty(kind: CardSectionKind) -> str:
    sentences = {
        CardSectionKind.SCHOOLS: _("O szkołach jeszcze nie rozmawialiśmy."),
        CardSectionKind.COURSES: _("O kursach i szkoleniach jeszcze nie rozmawialiśmy."),
        CardSectionKind.WORK: _("O pracy jeszcze nie rozmawialiśmy."),
        CardSectionKind.OUTSIDE_WORK: _("O tym, co dzieje się poza pracą, jeszcze nie rozmawialiśmy."),
        CardSectionKind.INTERESTS: _("O zainteresowaniach jeszcze nie rozmawialiśmy."),
        CardSectionKind.LANGUAGES: _("O językach jeszcze nie rozmawialiśmy."),
        CardSectionKind.DIGITAL: _("O komputerze i telefonie jeszcze nie rozmawialiśmy."),
        CardSectionKind.LEARNING_NEEDS: _("O tym, czego i jak warto się uczyć, jeszcze nie rozmawialiśmy."),
        CardSectionKind.SUPPORT_NEEDS: _("O tym, co ułatwi udział, jeszcze nie rozmawialiśmy."),
        CardSectionKind.OTHER: _("Innych ważnych informacji nie zapisano."),
    }
    return sentences[kind]
