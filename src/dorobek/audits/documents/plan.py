"""The individual development plan (DP-1, DP-2, DP-7): aim, goals with progress, scenarios, questions, risks, sources."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from dorobek.audits.documents import words
from dorobek.audits.documents.common import Writer, nothing, section
from dorobek.audits.documents.drawings import scale_of_ten
from dorobek.audits.documents.routes import costs_in_short, route_blocks
from dorobek.kernel.documents import (
    Block,
    Bullets,
    Cell,
    CellContent,
    DefinitionList,
    Document,
    Heading,
    Numbered,
    Paragraph,
    Run,
    Table,
    Text,
)
from dorobek.kernel.documents.text import shortened
from dorobek.plans.enums import GoalKind
from dorobek.plans.models import DevelopmentPlan, Goal, Scenario, ScenarioAction
from dorobek.programmes.enums import DocumentKind

SIDE_BY_SIDE = 3  # scenarios that fit beside one another on a page


def development_plan(writer: Writer) -> Document:
    file = writer.file
    plan = file.plan or DevelopmentPlan()
    blocks: list[Block] = [Heading(1, _("Uzgodniony cel i zakres bilansu")), _scope(writer, plan)]
    blocks += _goals(writer)
    blocks += _scenarios(writer, plan)
    blocks += section(
        _("Skąd to wiemy"), _sources(writer), _("Nie zapisano jeszcze źródeł informacji o zawodach i nauce.")
    )
    return writer.document(DocumentKind.DEVELOPMENT_PLAN, tuple(blocks))


def _scope(writer: Writer, plan: DevelopmentPlan) -> DefinitionList:
    unsaid = _("jeszcze nie zapisano")
    rows: list[tuple[str, CellContent]] = [
        (label, Cell(writer.told(text) or (nothing(unsaid),)))
        for label, text in (
            (_("Po co jest ten bilans"), plan.agreed_aim),
            (_("Co miał objąć"), plan.agreed_scope),
            (_("Co udało się zrobić"), plan.realised_scope),
        )
    ]
    if plan.direction:
        rows.append((_("Kierunek"), words.capital(str(plan.get_direction_display()))))
    return DefinitionList(tuple(rows))


# ---- goals ----


def _goals(writer: Writer) -> list[Block]:
    kinds = (
        (
            GoalKind.MAIN,
            _("Cel główny"),
            _("Cel główny nie jest jeszcze wybrany. Można go wpisać na następnym spotkaniu."),
        ),
        (
            GoalKind.INTERMEDIATE,
            _("Cele pośrednie"),
            _("Celów pośrednich nie zapisano."),
        ),
        (GoalKind.ALTERNATIVE, _("Cele alternatywne"), _("Celu zapasowego nie zapisano. Warto o nim pomyśleć.")),
    )
    blocks: list[Block] = []
    for kind, title, empty in kinds:
        group = [goal for goal in writer.file.goals if goal.kind == kind]
        inside: list[Block] = []
        for goal in group:
            inside += _goal(writer, goal, many=len(group) > 1, full=kind == GoalKind.MAIN)
        blocks += section(title, tuple(inside), empty)
    return blocks


def _goal(writer: Writer, goal: Goal, *, many: bool, full: bool) -> list[Block]:
    blocks: list[Block] = [Heading(2, _("Cel %d") % (goal.order or 1))] if many and full else []
    blocks += writer.told(goal.wording, quote=True)
    rows: list[tuple[str, CellContent]] = [
        (_("Czego dotyczy"), words.capital(str(goal.get_subject_display()))),
        (_("Po czym to poznać"), Cell(writer.told(goal.measure) or (nothing(_("jeszcze nie ustalono")),))),
        (_("Formy uczenia się"), ", ".join(learning_forms(writer, goal)) or _("jeszcze nie wybrano")),
        (_("Termin"), writer.day(goal.due_on) or _("bez terminu")),
    ]
    if linked := list(goal.competences.all()):
        rows.append(
            (_("Kompetencje do rozwijania"), Cell((Bullets(tuple(writer.typed(one.wording) for one in linked)),)))
        )
    if goal.reached_at:
        rows.append((_("Osiągnięty"), writer.day(goal.reached_at)))
    return [*blocks, DefinitionList(tuple(rows)), *_progress(writer, goal, full=full)]


def learning_forms(writer: Writer, goal: Goal) -> list[str]:
    """Forms of learning by the programme's own names, else by the plan's."""
    offered = writer.file.rules.plan.forms_of_learning if writer.file.rules.plan else ()
    names = {one.code: writer.bilingual(one.text) for one in offered}
    known = [form for form in goal.learning_forms if form not in names]
    labels = [names[form] for form in goal.learning_forms if form in names]
    try:
        return labels + goal_labels(known)
    except ValueError:
        return labels + known


def goal_labels(codes: Sequence[str]) -> list[str]:
    return Goal(learning_forms=list(codes)).learning_labels()


def _progress(writer: Writer, goal: Goal, *, full: bool) -> tuple[Block, ...]:
    marks = list(goal.progress.all())
    if not marks:
        return (nothing(_("Postęp w skali od 1 do 10: jeszcze nie oceniono.")),)
    latest = marks[-1]
    blocks: list[Block] = [
        Paragraph(
            (
                Run(_("Postęp: %d na 10") % latest.value, strong=True),
                _(", ocena z dnia %s") % writer.day(latest.at),
            )
        )
    ]
    picture = scale_of_ten([mark.value for mark in marks])
    if full and picture:
        blocks.append(picture)
    if full or len(marks) > 1:
        rows = tuple((writer.day(one.at), str(one.value), writer.typed(one.note) if one.note else "–") for one in marks)
        header = (_("Kiedy"), _("Ocena od 1 do 10"), _("Co się zmieniło"))
        blocks.append(
            Table(writer.naming(_("Postęp: %s"), shortened(goal.wording, 80)), header, rows, widths=(2.4, 1.8, 6))
        )
    return tuple(blocks)


# ---- scenarios ----


def _scenarios(writer: Writer, plan: DevelopmentPlan) -> list[Block]:
    scenarios = writer.file.scenarios
    blocks: list[Block] = [Heading(1, _("Scenariusze działań"))]
    if not scenarios:
        return [*blocks, nothing(_("Nie ułożyliśmy jeszcze planu działań.")), *_questions(writer, None)]
    if len(scenarios) > 1:
        blocks += [_beside(writer, scenarios[at : at + SIDE_BY_SIDE]) for at in range(0, len(scenarios), SIDE_BY_SIDE)]
    for scenario in scenarios:
        blocks += _scenario(writer, plan, scenario)
    return blocks


def _beside(writer: Writer, scenarios: Sequence[Scenario]) -> Table:
    """Scenarios side by side: what is done until when, and what may go wrong."""
    rows: tuple[tuple[CellContent, ...], ...] = (
        (_("Działania i terminy"), *(_steps(writer, one) for one in scenarios)),
        (_("Początek i koniec"), *(_span(writer, list(one.actions.all())) for one in scenarios)),
        *((_costs_beside(scenarios),) if any(costs_in_short(one) for one in scenarios) else ()),
        (_("Ryzyka"), *(_risks_in_short(writer, one) for one in scenarios)),
    )
    header: tuple[Text, ...] = (_("Porównanie"), *(writer.typed(one.name) for one in scenarios))
    return Table(_("Scenariusze obok siebie"), header, rows, widths=(2, *(3.5 for _one in scenarios)), row_headers=True)


def _costs_beside(scenarios: Sequence[Scenario]) -> tuple[CellContent, ...]:
    return (_("Koszty"), *(costs_in_short(one) or _("nie policzono") for one in scenarios))


def _steps(writer: Writer, scenario: Scenario) -> CellContent:
    steps = tuple(
        (writer.typed(one.wording), f" ({writer.day(one.due_on)})" if one.due_on else "")
        for one in scenario.actions.all()
    )
    return Cell((Numbered(steps),)) if steps else Cell((nothing(_("brak działań")),))


def _span(writer: Writer, actions: Sequence[ScenarioAction]) -> str:
    starts = [one.starts_on or one.due_on for one in actions if one.starts_on or one.due_on]
    ends = [one.due_on or one.starts_on for one in actions if one.due_on or one.starts_on]
    if not starts or not ends:
        return _("bez terminów")
    return f"{writer.day(min(filter(None, starts)))} – {writer.day(max(filter(None, ends)))}"


def _risks_in_short(writer: Writer, scenario: Scenario) -> CellContent:
    risks = tuple(writer.typed(one.wording) for one in scenario.risks.all())
    return Cell((Bullets(risks),)) if risks else Cell((nothing(_("nie zapisano")),))


def _scenario(writer: Writer, plan: DevelopmentPlan, scenario: Scenario) -> list[Block]:
    blocks: list[Block] = [Heading(2, writer.naming(_("Scenariusz: %s"), scenario.name))]
    if plan.chosen_scenario_id == scenario.pk:
        blocks.append(Paragraph(Run(_("To jest scenariusz wybrany do realizacji."), strong=True)))
    blocks += writer.told(scenario.note)
    actions = list(scenario.actions.all())
    blocks.append(
        _actions(writer, scenario, actions) if actions else nothing(_("W tym scenariuszu nie ma jeszcze działań."))
    )
    blocks += route_blocks(writer, scenario)
    blocks += _questions(writer, scenario)
    blocks += [Heading(3, _("Ryzyka i działania naprawcze")), _risks(writer, scenario)]
    return blocks


def _actions(writer: Writer, scenario: Scenario, actions: Sequence[ScenarioAction]) -> Table:
    header = (_("Działanie"), _("Kiedy"), _("Kto lub co pomoże"), _("Stan"))
    rows = []
    for one in actions:
        days = [writer.day(day) for day in (one.starts_on, one.due_on) if day]
        what: list[Paragraph] = list(writer.told(one.wording))
        if one.goal:
            what.append(Paragraph((_("Cel: "), writer.typed(one.goal.wording)), muted=True))
        rows.append(
            (
                Cell(tuple(what)),
                " – ".join(dict.fromkeys(days)) or _("bez terminu"),
                Cell(_helpers(writer, one)),
                str(one.get_state_display()),
            )
        )
    return Table(writer.naming(_("Działania: %s"), scenario.name), header, tuple(rows), widths=(4, 2.2, 2.6, 1.6))


def _helpers(writer: Writer, one: ScenarioAction) -> tuple[Paragraph, ...]:
    """Who sees to a step, and who or what helps."""
    who = (writer.labelled(_("Odpowiada"), one.responsible),) if one.responsible else ()
    return (*who, *writer.told(one.support)) or (Paragraph("–"),)


def _questions(writer: Writer, scenario: Scenario | None) -> list[Block]:
    """The questions of the method with their answers; those without an answer stay visible."""
    asked = writer.file.rules.plan.questions if writer.file.rules.plan else ()
    answers = {one.question_code: one for one in scenario.answers.all()} if scenario else {}
    bank = {one.code: one.text for one in asked}
    rows: list[tuple[Text, CellContent]] = []
    for code, text in bank.items():
        held = answers.pop(code, None)
        wording = writer.asked(bank, code, held.question if held else text.pl)
        rows.append((wording, _answer(writer, held.answer if held else "")))
    rows += [(writer.typed(held.question), _answer(writer, held.answer)) for held in answers.values()]
    return [Heading(3, _("Pytania do planu")), DefinitionList(tuple(rows))] if rows else []


def _answer(writer: Writer, answer: str) -> Cell:
    return Cell(writer.told(answer, quote=True) or (nothing(_("Na to pytanie nie ma jeszcze odpowiedzi.")),))


def _risks(writer: Writer, scenario: Scenario) -> Block:
    rows = tuple(
        (Cell(writer.told(one.wording)), Cell(writer.told(one.repair) or (nothing(_("jeszcze nie ustalono")),)))
        for one in scenario.risks.all()
    )
    if not rows:
        return nothing(_("Nie zapisaliśmy ryzyk dla tego scenariusza."))
    return Table(
        writer.naming(_("Ryzyka: %s"), scenario.name), (_("Co może się nie udać"), _("Co wtedy zrobimy")), rows
    )


# ---- sources ----


def _sources(writer: Writer) -> tuple[Block, ...]:
    plan = writer.file.plan
    sources = list(plan.sources.all()) if plan else []
    if not sources:
        return ()
    header = (_("Źródło"), _("Co z niego wynika"), _("Z dnia"), _("Na ile pewne"))
    rows = tuple(
        (
            Cell((Paragraph(writer.typed(one.title)), *((Paragraph(one.url, muted=True),) if one.url else ()))),
            Cell(writer.told(one.says)),
            writer.day(one.dated) or _("bez daty"),
            str(one.get_reliability_display()),
        )
        for one in sources
    )
    return (Table(_("Źródła informacji"), header, rows, widths=(3, 4, 1.8, 1.8)),)
