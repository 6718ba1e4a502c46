"""The protocol: methods, every mark with its reason, what was agreed, who stayed of another mind, the decision (VA-5)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.documents import (
    Block,
    Cell,
    DefinitionList,
    Document,
    Flow,
    Heading,
    Paragraph,
    Run,
    Table,
)
from dorobek.kernel.papers import grouped
from dorobek.validation.documents.common import Case, day, ended, method, moment, named, sentence, verdict
from dorobek.validation.models import AgreedMark, Assessment, Decision, Mark
from dorobek.validation.rules import SetShape

Sheets = list[tuple[Assessment, dict[str, Mark]]]


def protocol(decision: Decision) -> Document:
    """All that the decision of one round rests on."""
    application = decision.application
    case = Case(application)
    this_round = {"round": decision.round}
    found = application.assessments.filter(**this_round).select_related("assessor").order_by("pk")
    sheets = [
        (one, {mark.criterion: mark for mark in one.marks.select_related("evidence")}) for one in found
    ]  # fmt: skip
    agreed = {one.criterion: one for one in application.agreed.filter(**this_round)}
    blocks: list[Block] = [_about(case, decision), Heading(1, _("Użyte metody")), _methods(decision)]
    for group in application.opening.rules.sets:
        blocks += _set(case, group, sheets, agreed)
    blocks += [Heading(1, _("Decyzja")), *_decided(case, decision)]
    blocks += [Heading(1, _("Arkusze")), *_sheets(sheets)]
    return case.document(_("Protokół walidacji"), blocks)


def _about(case: Case, decision: Decision) -> DefinitionList:
    application = case.application
    version = application.opening.entry_version
    members = application.assessments.filter(round=decision.round).select_related("assessor").order_by("pk")
    rows = [
        (_("Komisja"), ", ".join(str(one.assessor) for one in members)),
        (_("Ocena"), _("po odwołaniu, runda %d") % decision.round if decision.round > 1 else _("pierwsza")),
        (_("Wpis w rejestrze"), _("wersja %(number)d z %(day)s") % {"number": version.number, "day": day(version.created_at)}),
        (_("Dokumentacja"), _("zamknięta przez: %s") % named(application.documented_by)),
        (_("Wynik ogłasza"), _("%(who)s, %(when)s") % {"who": named(decision.decided_by), "when": moment(decision.decided_at)}),
    ]  # fmt: skip
    if application.wishes:
        rows.insert(2, (_("Dostosowanie"), "; ".join(application.wishes)))
    return DefinitionList(tuple(rows))


def _methods(decision: Decision) -> Table:
    used = decision.application.methods.filter(round=decision.round).select_related("recorded_by").order_by("pk")
    rows = tuple(
        (sentence(method(one.method)), ", ".join(one.criteria), day(one.used_on), str(one.recorded_by or ""))
        for one in used
    )
    header = (_("Metoda"), _("Kryteria"), _("Kiedy"), _("Zapisał(a)"))
    return Table(_("Metody i kryteria, które nimi sprawdzono"), header, rows, widths=(2.4, 4, 2, 2), row_headers=True)


def _set(case: Case, group: SetShape, sheets: Sheets, agreed: dict[str, AgreedMark]) -> Iterator[Block]:
    title = {"number": group.number, "title": case.sets.get(group.number, "")}
    yield Heading(1, _("Zestaw %(number)d. %(title)s") % title)
    for outcome in group.outcomes:
        yield Heading(2, f"{outcome.code} {sentence(case.outcomes[outcome.code])}")
        if outcome.code in case.application.carried:
            yield Paragraph(_("Potwierdzone wcześniej; nie trzeba było pokazywać tego jeszcze raz."), muted=True)
            continue
        rows = tuple(
            (
                Cell((Paragraph((Run(code, strong=True), f" {case.criteria.get(code, '')}")),)),
                Cell(tuple(_marks(code, sheets))),
                _joined(code, sheets, agreed),
            )
            for code in outcome.criteria
        )
        header = (_("Kryterium"), _("Oceny członków komisji"), _("Ocena komisji"))
        yield Table(_("Oceny: %s") % outcome.code, header, rows, widths=(3, 4.4, 2.8), row_headers=True)


def _marks(code: str, sheets: Sheets) -> Iterator[Flow]:
    for sheet, marks in sheets:
        mark = marks.get(code)
        if mark is None:
            yield Paragraph((Run(str(sheet.assessor), strong=True), f": {_('bez oceny')}"))
            continue
        parts = [f"{verdict(mark.verdict)} ({method(mark.method)})", mark.reason]
        if mark.evidence is not None:
            parts.append(_("dowód: %s") % mark.evidence.title)
        told = " ".join(ended(part) for part in parts if part)
        yield Paragraph((Run(f"{sheet.assessor}: ", strong=True), told))


def _joined(code: str, sheets: Sheets, agreed: dict[str, AgreedMark]) -> Cell:
    """What the commission came to: alike from the beginning, or agreed after talking."""
    talked = agreed.get(code)
    if talked is None:
        alike = {marks[code].verdict for _sheet, marks in sheets if code in marks}
        return Cell((Paragraph(verdict(alike.pop()) if len(alike) == 1 else _("brak zgodnej oceny")),))
    parts: list[Flow] = [
        Paragraph((Run(verdict(talked.verdict), strong=True), " ", _("(uzgodniono po rozmowie)"))),
        Paragraph(talked.reason),
    ]
    if talked.dissent:
        parts.append(Paragraph((Run(_("Zdanie odrębne: "), strong=True), talked.dissent)))
    return Cell(tuple(parts))


def _decided(case: Case, decision: Decision) -> Iterator[Block]:
    rows: list[tuple[str | Run, ...]] = []
    for group in case.application.opening.rules.sets:
        for outcome in group.outcomes:
            rows.append((f"{outcome.code} {case.outcomes[outcome.code]}", verdict(decision.outcomes[outcome.code])))
        name = _("Zestaw %d razem") % group.number
        rows.append((Run(name, strong=True), Run(verdict(decision.sets[str(group.number)]), strong=True)))
    whole = (Run(_("Cała kwalifikacja"), strong=True), Run(verdict(decision.whole), strong=True))
    header = (_("Efekt uczenia się"), _("Wynik"))
    yield Table(_("Wynik każdego efektu, zestawu i całości"), header, (*rows, whole), widths=(5, 1.6), row_headers=True)


def _sheets(sheets: Sheets) -> Iterator[Block]:
    """When each was closed, and the sum that stands in the history since then."""
    from dorobek.validation.actions.assessing import contents

    yield Paragraph(
        _(
            "Każda osoba oceniała sama i zamknęła swój arkusz, zanim zobaczyła oceny innych. Suma kontrolna arkusza stoi "
            "w historii sprawy od chwili zamknięcia, więc późniejszą zmianę oceny byłoby widać."
        )
    )
    rows = tuple(
        (str(one.assessor), moment(one.closed_at), grouped(history.payload_digest(one.salt, contents(one))))
        for one, _marks_of in sheets
        if one.closed_at
    )
    header = (_("Osoba"), _("Arkusz zamknięty"), _("Początek sumy kontrolnej"))
    yield Table(_("Arkusze ocen"), header, rows, widths=(3, 3, 3), row_headers=True)
