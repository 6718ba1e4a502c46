"""Parts that several reports print: competences in groups, goals, results of tests, meetings, referrals."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.audits.documents.common import Writer
from dorobek.audits.enums import MeetingState
from dorobek.instruments.enums import Validity
from dorobek.kernel.documents import (
    Block,
    Bullets,
    Cell,
    CellContent,
    Heading,
    Notice,
    Paragraph,
    Run,
    Table,
)
from dorobek.plans.enums import GoalKind
from dorobek.portfolio.models import Competence


def competences_by_kind(writer: Writer, competences: Iterable[Competence], level: int = 2) -> tuple[Block, ...]:
    """A list for each kind that has any."""
    found = list(competences)
    blocks: list[Block] = []
    for kind, title in words.kinds_of_outcomes().items():
        group = [one for one in found if one.kind == kind]
        if group:
            blocks += [Heading(level, title), Bullets(tuple(writer.typed(one.wording) for one in group))]
    return tuple(blocks)


def goals_in_short(writer: Writer) -> tuple[Block, ...]:
    """Each goal with its term and latest mark."""
    if not writer.file.goals:
        return ()
    order = list(GoalKind)
    rows: list[tuple[CellContent, ...]] = []
    for goal in sorted(writer.file.goals, key=lambda one: order.index(GoalKind(one.kind))):
        marks = list(goal.progress.all())
        rows.append(
            (
                words.capital(str(goal.get_kind_display())),
                Cell(writer.told(goal.wording, quote=True)),
                writer.day(goal.due_on) or _("bez terminu"),
                _("%d na 10") % marks[-1].value if marks else _("nie oceniono"),
            )
        )
    header = (_("Rodzaj"), _("Cel własnymi słowami"), _("Termin"), _("Postęp"))
    return (Table(_("Cele, terminy i postęp"), header, tuple(rows), widths=(2.5, 4.6, 2, 1.7), row_headers=True),)


def results(writer: Writer) -> tuple[Block, ...]:
    """Results of tests taken elsewhere, each with who ran it and whether it can be relied on (IN-8)."""
    blocks: list[Block] = []
    for result in writer.file.results:
        name = f"{result.tool} ({result.tool_version})" if result.tool_version else result.tool
        blocks.append(Heading(3, writer.typed(name)))
        ran = (
            f"{writer.day(result.taken_on)}, ",
            *writer.naming(_("prowadzi: %s"), result.run_by),
            ", ",
            *writer.naming(_("uprawnienie: %s"), result.entitlement),
        )
        blocks.append(Paragraph(ran, muted=True))
        if result.validity != Validity.VALID or result.validity_note:
            title = words.capital(str(result.get_validity_display()))
            blocks.append(Notice(writer.typed(result.validity_note) if result.validity_note else title, title=title))
        rows = tuple(
            (writer.typed(one.scale), one.score or "–", str(one.get_level_display() or "–"))
            for one in result.scales.all()
        )
        if rows:
            caption = (*writer.naming(_("Wyniki: %s"), result.tool), f", {writer.day(result.taken_on)}")
            blocks.append(
                Table(caption, (_("Skala"), _("Wynik"), _("Poziom")), rows, widths=(5, 2, 2), row_headers=True)
            )
        blocks += writer.told(result.conclusions)
    return tuple(blocks)


def meetings(writer: Writer) -> tuple[Block, ...]:
    """Meetings held, with their length, and how long they were together."""
    held = [one for one in writer.file.meetings if one.state == MeetingState.HELD]
    if not held:
        return ()
    rows = tuple(
        (
            writer.day(one.starts_at),
            Cell((Paragraph(Run(words.capital(str(one.get_kind_display())), strong=True)), *writer.told(one.done))),
            words.minutes(one.minutes),
            writer.typed(one.place),
        )
        for one in held
    )
    header = (_("Kiedy"), _("Co robiliśmy"), _("Jak długo"), _("Gdzie"))
    total = _("Razem: %s") % words.minutes(sum(one.minutes for one in held))
    return (Table(_("Spotkania"), header, rows, widths=(2.1, 4.4, 1.5, 2)), Paragraph(Run(total, strong=True)))


def help_elsewhere(writer: Writer) -> tuple[Block, ...]:
    """Consultations with specialists and help of another kind (SA-11, SA-14)."""
    rows: list[tuple[CellContent, ...]] = []
    for one in writer.file.consultations:
        who = ", ".join(part for part in (one.speciality, one.specialist_name) if part)
        told = (*writer.told(one.question, quote=False), *writer.told(one.opinion, quote=True))
        rows.append((writer.day(one.asked_on), writer.typed(who), Cell(told), str(one.get_state_display())))
    for referral in writer.file.referrals:
        told = (*writer.told(referral.need), *writer.told(referral.note))
        rows.append((writer.day(referral.on), writer.typed(referral.directed_to), Cell(told), _("skierowanie")))
    if not rows:
        return ()
    header = (_("Kiedy"), _("Do kogo"), _("W jakiej sprawie i co powiedziano"), _("Stan"))
    return (Table(_("Konsultacje i skierowania"), header, tuple(rows), widths=(2, 2.6, 4.4, 1.6)),)
