"""A route becomes a scenario of the plan: steps with dates, money, risks, and the questions kept (DP-2, DP-4)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.credentials.models import CredentialTemplate
from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.offers.enums import ServiceKind
from dorobek.offers.models import Edition
from dorobek.people.acting import ActingUser
from dorobek.people.events import CaseChanged
from dorobek.people.models import Person
from dorobek.plans import perms
from dorobek.plans.actions.plan import MOST_PARTS
from dorobek.plans.enums import ActionState, RouteName
from dorobek.plans.models import ChosenRoute, Goal, Risk, Scenario, ScenarioAction, ScenarioAnswer
from dorobek.plans.planning import sources
from dorobek.plans.planning.answers import Shown, Taken, own_answer, shown
from dorobek.plans.planning.options import KINDS
from dorobek.plans.planning.shapes import Basis, Bought
from dorobek.plans.planning.words import broken_told, day, zlotys
from dorobek.plans.routes import Kind, check

MOST_OPTIONS = 60
# what a step of each kind is called
WORDINGS = {
    Kind.COURSE: gettext_lazy("Kurs: %(title)s"),
    Kind.EXAM: gettext_lazy("Egzamin: %(title)s"),
    Kind.VALIDATION: gettext_lazy("Walidacja: %(title)s"),
    Kind.MICRO: gettext_lazy("Mikropoświadczenie: %(title)s"),
}


@transaction.atomic
def choose_route(
    *,
    goal: Goal,
    basis: Basis,
    codes: Sequence[str],
    acting_user: ActingUser,
    name: str = RouteName.OWN,
    proof: Mapping[str, Any] | None = None,
    main: bool = True,
) -> Scenario:
    """Make a scenario of a route; `main`: it becomes the chosen one, otherwise it stands beside as an alternative.

    The codes are checked anew against the offer and the limits of now. The same route chosen twice is one scenario.
    Raises NotAllowed, RuleBroken (nothing chosen, a rule broken: which one, in words).
    """
    plan = goal.plan.locked()
    acting_user.require(perms.may_write_plan(acting_user, plan) and goal.case_uid == plan.case_uid)
    if not codes:
        raise RuleBroken(_("W tej drodze nie ma jeszcze ani jednego kroku."), "codes")
    if len(codes) > MOST_OPTIONS:
        raise RuleBroken(_("To za dużo kroków na jedną drogę."), "codes")
    if broken := check(basis.problem, codes):
        raise RuleBroken(" ".join(broken_told(basis, one).text for one in broken[:5]), "codes")
    goal.plan = plan
    route = shown(basis, own_answer(basis, codes))
    scenario = _same(goal, route) or _made(goal, basis, route, name, proof or {}, acting_user)
    if main and plan.chosen_scenario_id != scenario.pk:
        plan.write({"chosen_scenario": scenario}, base_version=None)
        acting_user.record("scenario.chosen", stream=plan.case_uid, subject=scenario.uid)
    publish(CaseChanged(str(plan.case_uid)))
    return scenario


def _same(goal: Goal, route: Shown) -> Scenario | None:
    """The scenario made from just these options at just these prices, if it is still there."""
    wanted = [_same_by(one.as_data()) for one in route.taken]
    for held in ChosenRoute.objects.filter(goal=goal).select_related("scenario"):
        if [_same_by(one) for one in held.taken] == wanted:
            return held.scenario
    return None


def _same_by(taken: Mapping[str, Any]) -> tuple[Any, ...]:
    """What makes it the same thing; what is only said beside it may differ."""
    return tuple(taken.get(name) for name in ("code", "title", "starts", "ends", "price", "own", "voucher", "closes"))


def _made(
    goal: Goal, basis: Basis, route: Shown, name: str, proof: Mapping[str, Any], acting_user: ActingUser
) -> Scenario:
    plan = goal.plan
    if Scenario.objects.filter(plan=plan).count() >= MOST_PARTS:
        raise RuleBroken(_("Plan jest już bardzo długi. Proszę najpierw usunąć to, co niepotrzebne."))
    whose = {"person": plan.person, "case_uid": plan.case_uid}
    title = _("Droga %(name)s: %(target)s") % {"name": RouteName(name).label, "target": basis.goal.title}
    scenario = Scenario.objects.create(
        plan=plan, order=plan.scenarios.count(), name=title[:200], note=_note(route), **whose
    )
    _steps(scenario, goal, route, whose, basis)
    for risk in route.risks:
        Risk.objects.create(scenario=scenario, wording=risk.text, repair=risk.repair, **whose)
    _keep_answers(plan.chosen_scenario, scenario, whose)
    made = ChosenRoute.objects.create(
        scenario=scenario, goal=goal, name=name, target=basis.goal.title[:300],
        taken=[one.as_data() for one in route.taken], sums=route.sums, gaps=route.gaps, proof=dict(proof), **whose,
    )  # fmt: skip
    acting_user.record(
        "route.chosen", stream=plan.case_uid, subject=scenario.uid, name=scenario.name,
        codes=[one.code for one in route.taken], sums=made.sums,
    )  # fmt: skip
    return scenario


def _note(route: Shown) -> str:
    return _("Koszt %(price)s, z tego własne %(own)s, z bonu %(voucher)s. Od %(starts)s do %(ends)s.") % {
        "price": zlotys(route.sums["price"]), "own": zlotys(route.sums["own"]),
        "voucher": zlotys(route.sums["voucher"]), "starts": day(route.sums["starts"]), "ends": day(route.sums["ends"]),
    }  # fmt: skip


def _steps(scenario: Scenario, goal: Goal, route: Shown, whose: dict[str, Any], basis: Basis) -> None:
    """One step for each option, in the order of the calendar; before them the voucher, when it pays for something, and
    after them what gives the qualification, when none of them does."""
    lapses, title = basis.money.lapses, basis.goal.title
    codes = [one.code for one in route.taken]
    elsewhere = sources.now(codes)
    of_offer = [code for code in codes if not sources.is_known(code)]
    editions = {str(row.uid): row for row in Edition.objects.filter(uid__in=of_offer)}
    ends_with = CredentialTemplate.objects.filter(uid__in=[one.template for one in route.taken if one.template])
    templates = {str(row.uid): row for row in ends_with}
    person, rows = scenario.person, _done_already(goal)
    if route.sums["voucher"]:
        paid = [editions[one.code] for one in route.taken if one.voucher and one.code in editions]
        lasts = [lapses] if lapses else []  # the right's last day is the last day of buying, whenever a course begins
        until = min([*(edition.enrol_until for edition in paid), *lasts], default=None)
        rows.append(
            ScenarioAction(
                wording=_("Przygotować bon: %(money)s") % {"money": zlotys(route.sums["voucher"])},
                support=_("Wniosek o bon i wpłata udziału własnego, razem z doradcą."),
                due_on=until, responsible=_("doradca i %(name)s") % {"name": person.name},
            )
        )  # fmt: skip
    rows += [_of_bought(one, person) for one in basis.bought]
    for one in route.taken:
        edition = editions.get(one.code)
        rows.append(
            ScenarioAction(
                wording=str(WORDINGS[Kind(one.kind)]) % {"title": one.title},
                support=_support(one, edition, elsewhere.get(one.code)), starts_on=one.starts, due_on=one.ends,
                responsible=person.name, edition=edition, option=one.code if sources.is_known(one.code) else "",
                template=templates.get(one.template), own_grosze=one.own, voucher_grosze=one.voucher,
            )
        )  # fmt: skip
    if route.ending:
        rows.append(
            ScenarioAction(
                wording=_("Zgłosić się na egzamin albo walidację: %(title)s") % {"title": title}, support=route.ending.repair,
                responsible=person.name,
            )
        )  # fmt: skip
    for order, row in enumerate(rows):
        row.scenario, row.goal, row.order, row.person, row.case_uid = (
            scenario, goal, order, whose["person"], whose["case_uid"],
        )  # fmt: skip
        row.save()


def _done_already(goal: Goal) -> list[ScenarioAction]:
    """What was done for the goal on the way chosen so far is done on the new way too."""
    names = (
        "wording", "support", "starts_on", "due_on", "responsible", "edition_id", "option", "template_id", "own_grosze",
        "voucher_grosze", "state", "done_on", "closed_by", "closed_note",
    )  # fmt: skip
    done = ScenarioAction.objects.filter(scenario=goal.plan.chosen_scenario_id, goal=goal, state=ActionState.DONE)
    return [ScenarioAction(**{name: getattr(one, name) for name in names}) for one in done.order_by("order", "pk")]


def _of_bought(one: Bought, person: Person) -> ScenarioAction:
    """What is bought already is a step of every route that is chosen after it."""
    edition = Edition.objects.select_related("service").get(uid=one.edition)
    return ScenarioAction(
        wording=str(WORDINGS[KINDS[ServiceKind(edition.service.kind)]]) % {"title": one.title},
        support=_("%(where)s. Kupione bonem %(number)s.") % {
            "where": ", ".join(filter(None, (one.provider, one.place or _("zdalnie")))), "number": one.number,
        }, starts_on=edition.starts_on, due_on=edition.ends_on, responsible=person.name, edition=edition,
    )  # fmt: skip


def _support(one: Taken, edition: Edition | None, elsewhere: sources.Now | None) -> str:
    """Who, where and at what hours, until when to apply, and what is said beside it on the route."""
    where = one.place or ("" if one.flexible else _("zdalnie"))
    told = [f"{', '.join(filter(None, (one.provider, where)))}."]
    if one.times:
        told.append(_("Zajęcia: %(times)s.") % {"times": one.times})
    if edition:
        told.append(_("Zapisy do %(day)s.") % {"day": day(edition.enrol_until)})
    if elsewhere and elsewhere.until:
        told.append(_("Zgłoszenia do %(day)s.") % {"day": day(elsewhere.until)})
    if one.flexible:
        told += [_("Można zacząć w dowolnym tygodniu."), *one.notes]
    return " ".join(told)


def _keep_answers(before: Scenario | None, after: Scenario, whose: dict[str, Any]) -> None:
    """Answers to the questions of the method go along: what holds a person up is the same on every route."""
    for held in before.answers.all() if before else ():
        ScenarioAnswer.objects.create(
            scenario=after, question_code=held.question_code, question=held.question, answer=held.answer, **whose
        )
