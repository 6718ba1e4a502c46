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
from dorobek.validation import crediting, facts
from dorobek.validation.documents.common import Case, day, ended, method, moment, named, sentence, verdict
from dorobek.validation.enums import MethodHow
from dorobek.validation.models import AgreedMark, Assessment, Decision, Mark, MethodRecord
from dorobek.validation.pointing import in_words
from dorobek.validation.rules import SetShape

Sheets = list[tuple[Assessment, dict[str, Mark]]]
Proposals = dict[str, list[AgreedMark]]  # by criterion, the first proposed first


def protocol(decision: Decision) -> Document:
    """All that the decision of one round rests on."""
    application = decision.application
    case = Case(application)
    this_round = {"round": decision.round}
    found = application.assessments.counting().filter(**this_round).select_related("assessor").order_by("pk")
    sheets = [
        (one, {mark.criterion: mark for mark in one.marks.select_related("evidence")}) for one in found
    ]  # fmt: skip
    agreed: Proposals = {}
    for one in application.agreed.filter(**this_round).order_by("pk"):
        agreed.setdefault(one.criterion, []).append(one)
    blocks: list[Block] = [_about(case, decision), Heading(1, _("Użyte metody")), _methods(decision)]
    blocks += _credentials(case)
    for group in application.opening.rules.sets:
        blocks += _set(case, group, sheets, agreed, _before(decision))
    blocks += [Heading(1, _("Decyzja")), *_decided(case, decision)]
    blocks += [Heading(1, _("Arkusze")), *_sheets(sheets), *_voided(decision)]
    return case.document(_("Protokół walidacji"), blocks)


def _about(case: Case, decision: Decision) -> DefinitionList:
    application = case.application
    version = application.opening.entry_version
    members = application.assessments.counting().filter(round=decision.round).select_related("assessor").order_by("pk")
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
    used = (
        decision.application.methods.filter(round=decision.round).exclude(how=MethodHow.VOID)
        .select_related("recorded_by", "file").order_by("pk")
    )  # fmt: skip
    rows = tuple((sentence(method(one.method)), ", ".join(one.criteria), day(one.used_on), _who(one)) for one in used)
    header = (_("Metoda"), _("Kryteria"), _("Kiedy"), _("Zapisał(a)"))
    return Table(_("Metody i kryteria, które nimi sprawdzono"), header, rows, widths=(2.4, 4, 2, 2), row_headers=True)


def _who(one: MethodRecord) -> str:
    """Who wrote it down; of a method on paper also who carried it out, and what the paper is known by."""
    if one.how != MethodHow.PAPER:
        return str(one.recorded_by or "")
    told = _("na papierze, przeprowadził(a): %(who)s; dołączył(a): %(by)s; suma kontrolna pliku: %(sum)s")
    values = {"who": one.led_by, "by": str(one.recorded_by or ""), "sum": grouped(one.file.sha256) if one.file else "-"}
    return told % values


def _before(decision: Decision) -> dict[str, str]:
    """Outcomes that this round did not judge -> where they were confirmed."""
    other = _("Potwierdzone wcześniej, w innej walidacji; nie trzeba było pokazywać tego jeszcze raz.")
    found = dict.fromkeys(decision.carried, other)
    for one in decision.application.decisions.filter(round__lt=decision.round).order_by("round"):
        words = _("Potwierdzone w ocenie nr %d tej sprawy. Po odwołaniu nikt nie oceniał tego jeszcze raz.") % one.round
        found |= {code: words for code in facts.confirmed_in(one) if code in found}
    return found


def _credentials(case: Case) -> Iterator[Block]:
    """Credentials that the candidate put before the commission, as the machine found them each time."""
    codes: dict[int, list[str]] = {}
    for one in case.application.mapped.order_by("criterion", "pk"):
        codes.setdefault(one.evidence_id, []).append(one.criterion)
    checks = case.application.credential_checks.select_related("evidence").order_by("checked_at", "pk")
    rows = tuple(
        (
            one.evidence.title,
            ", ".join(codes.get(one.evidence_id, ())) or "-",
            crediting.told(one.standing, one.report, one.checked_at),
        )
        for one in checks
    )
    if rows:
        yield Heading(1, _("Poświadczenia sprawdzone przez system"))
        header = (_("Poświadczenie"), _("Kryteria"), _("Co sprawdzono i z jakim wynikiem"))
        yield Table(_("Poświadczenia i ich sprawdzenia"), header, rows, widths=(3, 2, 5), row_headers=True)


def _set(case: Case, group: SetShape, sheets: Sheets, agreed: Proposals, before: dict[str, str]) -> Iterator[Block]:
    title = {"number": group.number, "title": case.sets.get(group.number, "")}
    yield Heading(1, _("Zestaw %(number)d. %(title)s") % title)
    for outcome in group.outcomes:
        yield Heading(2, f"{outcome.code} {sentence(case.outcomes[outcome.code])}")
        if outcome.code in before:
            yield Paragraph(before[outcome.code], muted=True)
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
        parts.append(in_words(mark, sheet.application))
        told = " ".join(ended(part) for part in parts if part)
        yield Paragraph((Run(f"{sheet.assessor}: ", strong=True), told))


def _joined(code: str, sheets: Sheets, agreed: Proposals) -> Cell:
    """What the commission came to: alike from the beginning, or agreed after talking; and what did not pass."""
    said = agreed.get(code, [])
    talked = next((one for one in said if one.settled_at and not one.fallen_at), None)
    fell = tuple(
        Paragraph(_("Propozycja, która nie przeszła: %s") % " ".join((verdict(one.verdict), one.dissent)).strip())
        for one in said
        if one.fallen_at
    )
    if talked is None:
        alike = {marks[code].verdict for _sheet, marks in sheets if code in marks}
        return Cell((Paragraph(verdict(alike.pop()) if len(alike) == 1 else _("brak zgodnej oceny")), *fell))
    parts: list[Flow] = [
        Paragraph(
            (
                Run(verdict(talked.verdict), strong=True),
                " ",
                _("(większością głosów, po rozmowie)") if talked.dissent else _("(uzgodniono po rozmowie)"),
            )
        ),
        Paragraph(talked.reason),
    ]
    if talked.dissent:
        parts.append(Paragraph((Run(_("Zdanie odrębne: "), strong=True), talked.dissent)))
    return Cell((*parts, *fell))


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


def _voided(decision: Decision) -> Iterator[Block]:
    """Whose sheet counts for nothing and since when. Why may be about that person's health, and the candidate reads this."""
    held = decision.application.assessments.filter(round=decision.round, voided_at__isnull=False)
    for one in held.select_related("assessor").order_by("pk"):
        assert one.voided_at is not None
        words = _(
            "%(who)s: ta osoba przestała oceniać, jej arkusz nie liczy się od %(when)s. Powód jest w aktach instytucji."
        )
        values = {"who": str(one.assessor), "when": moment(one.voided_at)}
        yield Paragraph(words % values)
