"""The feedback report in six sections (SA-12): the adviser's words beside what the case holds."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from dorobek.audits.documents import parts
from dorobek.audits.documents.common import Writer, nothing
from dorobek.audits.documents.sections import FEEDBACK_SECTIONS
from dorobek.audits.enums import EventKind
from dorobek.audits.models import LifeEvent
from dorobek.kernel.documents import Block, Bullets, Cell, DefinitionList, Document, Heading, Paragraph, Text
from dorobek.plans.enums import GoalKind
from dorobek.programmes.enums import DocumentKind

Part = Callable[[Writer], tuple[Block, ...]]


def feedback_report(writer: Writer) -> Document:
    held: dict[str, tuple[Part, str]] = {
        "scope-and-goal": (_scope, _("Zakres i cel nie są jeszcze opisane.")),
        "situation": (_situation, _("Sytuacja edukacyjna i zawodowa nie jest jeszcze opisana.")),
        "interests": (_interests, _("O zainteresowaniach i predyspozycjach nie mamy jeszcze nic do napisania.")),
        "competences-held": (_competences, _("Nie ma jeszcze potwierdzonych kompetencji.")),
        "competences-to-develop": (_to_develop, _("Nie wskazaliśmy jeszcze kompetencji, które warto rozwijać.")),
        "values-and-goals": (parts.goals_in_short, _("Wartości, aspiracje i cele nie są jeszcze opisane.")),
    }
    blocks: list[Block] = []
    for code, title in FEEDBACK_SECTIONS.items():
        part, empty = held[code]
        told = writer.told(writer.file.section(DocumentKind.FEEDBACK_REPORT, code))
        inside = (*told, *part(writer))
        blocks += [Heading(1, str(title)), *(inside or (nothing(empty),))]
    return writer.document(DocumentKind.FEEDBACK_REPORT, tuple(blocks))


def _scope(writer: Writer) -> tuple[Block, ...]:
    plan = writer.file.plan
    main = next((goal.wording for goal in writer.file.goals if goal.kind == GoalKind.MAIN), "")
    rows = (
        (_("Uzgodniony cel"), plan.agreed_aim if plan else ""),
        (_("Uzgodniony zakres"), plan.agreed_scope if plan else ""),
        (_("Zrealizowany zakres"), plan.realised_scope if plan else ""),
        (_("Cel przyjęty w planie"), main),
    )
    found = tuple((label, Cell(writer.told(text))) for label, text in rows if text)
    return (DefinitionList(found),) if found else ()


def _situation(writer: Writer) -> tuple[Block, ...]:
    """Schools and courses, then work: each in one line."""
    learning = _lines(writer, (EventKind.SCHOOL, EventKind.COURSE))
    work = _lines(writer, (EventKind.JOB,))
    blocks: list[Block] = []
    blocks += [Heading(2, _("Nauka")), Bullets(learning)] if learning else []
    blocks += [Heading(2, _("Praca")), Bullets(work)] if work else []
    return tuple(blocks)


def _lines(writer: Writer, kinds: tuple[EventKind, ...]) -> tuple[Text, ...]:
    return tuple(_line(writer, event) for event in writer.file.events if event.kind in kinds and event.from_card)


def _line(writer: Writer, event: LifeEvent) -> Text:
    rest = ", ".join(part for part in (event.organisation, writer.when(event)) if part)
    return (writer.typed(event.title, strong=True), writer.typed(f", {rest}" if rest else ""))


def _interests(writer: Writer) -> tuple[Block, ...]:
    """Interests from the card, and what tests taken elsewhere said."""
    blocks: list[Block] = []
    interests = [event for event in writer.file.events if event.kind == EventKind.INTEREST and event.from_card]
    note = writer.file.notes.get("interests")
    if interests or (note and note.text):
        blocks.append(Heading(2, _("Z karty uczestnika")))
    if interests:
        items = tuple(
            (writer.typed(one.title, strong=True), writer.typed(f": {one.note}" if one.note else ""))
            for one in interests
        )
        blocks.append(Bullets(items))
    blocks += writer.told(note.text, quote=True) if note else ()
    if found := parts.results(writer):
        blocks += [Heading(2, _("Z testów")), *found]
    return tuple(blocks)


def _competences(writer: Writer) -> tuple[Block, ...]:
    held = [weave.competence for weave in writer.file.weaves if weave.competence.is_confirmed]
    if not held:
        return ()
    proved = sum(bool(weave.proofs) for weave in writer.file.weaves if weave.competence.is_confirmed)
    line = _("Potwierdzonych: %(count)d. Z dowodem: %(proved)d. Przykłady i dowody są w karcie kompetencji.")
    return (
        *parts.competences_by_kind(writer, held),
        Paragraph(line % {"count": len(held), "proved": proved}, muted=True),
    )


def _to_develop(writer: Writer) -> tuple[Block, ...]:
    """Those marked as worth developing, and those a goal names; each once."""
    found = {w.competence.pk: w.competence for w in writer.file.weaves if w.competence.worth_developing}
    for goal in writer.file.goals:
        found |= {one.pk: one for one in goal.competences.all()}
    return parts.competences_by_kind(writer, found.values())
