"""Training in the demonstration: an offer over several powiats, and one participant all the way to a plan that moves.

Małgorzata's audit ended two and a half months ago. Three routes to keeping the books of a small company stood side by
side, the cheapest became her plan; its first course was bought with a voucher, finished and paid, and the goal and the
gap picture moved by themselves. Tadeusz has bought a course that begins soon; a third voucher waits for a late provider.
"""

import datetime as dt
import io

from django.utils import timezone

from dorobek.audits.models import SkillsAudit
from dorobek.cli.demo import offer
from dorobek.cli.demo.clock import days_back
from dorobek.cli.demo.office import Offices
from dorobek.cli.demo.telling import AUDIT_ENDED
from dorobek.offers import rules
from dorobek.offers.actions import import_offer, open_provider_account, record_quality, write_provider
from dorobek.offers.enums import QualityKind, Source
from dorobek.offers.models import Edition, Provider
from dorobek.people.acting import ActingUser
from dorobek.people.enums import Role
from dorobek.people.models import Account
from dorobek.plans.actions.choosing import choose_route
from dorobek.plans.actions.goals import note_progress
from dorobek.plans.actions.limits import write_limits
from dorobek.plans.actions.scenarios import set_action_state
from dorobek.plans.actions.targets import Choice, add_line, choose_target
from dorobek.plans.enums import ActionState, GoalKind, WorkKind
from dorobek.plans.gaps.queries import picture_of
from dorobek.plans.models import Goal, Scenario
from dorobek.plans.planning.answers import shown
from dorobek.plans.planning.building import Given, basis_for, goal_of
from dorobek.plans.routes import Route, plan_all
from dorobek.register.models import Qualification
from dorobek.vouchers.actions import bind, grant, record_own_share, report_participation, settle
from dorobek.vouchers.models import Voucher, VoucherRight

LATE = 11  # days since a course ended whose provider has not reported
ENGLISH = "Język angielski od podstaw"
SHOP_HOURS = [[day, 7 * 60, 15 * 60] for day in range(5)]
OWN_WISH = "Tworzy zestawienie z sumami i filtrowaniem w arkuszu"
CALMER = "Teraz widzę, ile jeszcze przede mną, ale wiem, od czego zacząć."


def offer_trainings(offices: Offices) -> None:
    """More than sixty dates of six providers; one with the quality mark, one with an account of its own."""
    me = _coordinator(offices)
    text = "\n".join([offer.HEAD, *offer.lines(timezone.localdate())])
    with days_back(AUDIT_ENDED + 10):
        report = import_offer(
            file=io.BytesIO(text.encode()), name="oferta.csv", source=Source.TABLE, acting_user=me, whole=True
        )
    assert report.done, report.faults
    school, ledger = (Provider.objects.get(name=name) for name in (offer.WORDS, offer.LEDGER))
    about = {
        school: ("Kraków", "biuro@slowo.example.org", "Uczymy języków dorosłych, którzy wracają do nauki po latach."),
        ledger: ("Łęgowice", "kursy@rachmistrz.example.org", "Księgowość przy komputerze, w małych grupach, wieczorami."),
    }  # fmt: skip
    for provider, (place, email, words) in about.items():
        values = {"place": place, "teryt": offer.PLACES[place], "email": email, "about": words}
        write_provider(provider=provider, acting_user=me, values=values)
    _quality(school, me)
    account = open_provider_account(
        provider=school, name="Bernadetta Szczygieł", email="szkola@slowo.example.org", acting_user=me
    ).account
    open_provider_account(provider=ledger, name="Ignacy Rzepa", email="kursy@rachmistrz.example.org", acting_user=me)
    Account.objects.filter(pk=account.pk).update(password=offices.password_hash, title="dostawca szkoleń")
    offices.staff.append(Account.objects.get(pk=account.pk))


def _coordinator(offices: Offices) -> ActingUser:
    return ActingUser(next(one for one in offices.staff if one.has_role(Role.COORDINATOR)))


def _quality(school: Provider, me: ActingUser) -> None:
    """Self-assessment, outside audit, and the mark for two years."""
    today = timezone.localdate()
    answers = {code: {"met": True, "note": "Sprawdzono na miejscu i w dokumentach."} for code in rules.STANDARD}
    for kind, by, days in ((QualityKind.SELF, "Dyrektorka szkoły", 90), (QualityKind.AUDIT, "Audytorzy regionu", 60)):
        record_quality(
            provider=school, kind=kind, answers=answers, by_name=by, done_on=today - dt.timedelta(days=days),
            acting_user=me,
        )  # fmt: skip
    record_quality(
        provider=school, kind=QualityKind.MARK, answers={}, by_name="Kapituła znaku",
        done_on=today - dt.timedelta(days=45), valid_until=today + dt.timedelta(days=685), acting_user=me,
    )  # fmt: skip


def follow_plan(audit: SkillsAudit, offices: Offices) -> None:
    """From the goal to a course that is paid for: what the issue of plans and vouchers calls done."""
    adviser = ActingUser(audit.adviser)
    with days_back(AUDIT_ENDED - 3):
        goal = Goal.objects.select_related("plan__person").get(case_uid=audit.uid, kind=GoalKind.MAIN)
        scenario = _chosen(audit, goal, adviser)
        note_progress(goal=goal, value=3, note=CALMER, acting_user=ActingUser(Account.objects.get(person=audit.person)))
    step = scenario.actions.filter(edition__isnull=False, voucher_grosze__gt=0).order_by("starts_on", "pk").first()
    if step is None or step.edition is None:
        raise RuntimeError("the chosen route pays for nothing with a voucher")
    first = Edition.objects.get(pk=step.edition.pk)
    with days_back(AUDIT_ENDED - 6):
        voucher = _bought(audit, first, "Pierwszy kurs z planu rozwoju.", adviser)
        paper = scenario.actions.filter(edition=None).order_by("order", "pk")[0]  # the route begins with the voucher
        set_action_state(step=paper, state=ActionState.DONE, acting_user=adviser)
    with days_back((timezone.localdate() - first.starts_on).days):
        voucher = report_participation(
            voucher=voucher, participation="accepted", document="lista obecności 1", acting_user=adviser
        )
    with days_back((timezone.localdate() - first.ends_on).days - 2):
        voucher = report_participation(
            voucher=voucher, participation="finished", document="certyfikat 218", acting_user=adviser
        )
    with days_back((timezone.localdate() - first.ends_on).days - 5):
        settle(voucher=voucher, document="FV 31/RACH", acting_user=_coordinator(offices))


def _chosen(audit: SkillsAudit, goal: Goal, adviser: ActingUser) -> Scenario:
    """The target, the limits, three routes; the cheapest becomes the plan and the soonest stands beside it."""
    qualification = Qualification.objects.get(code="90002")
    target = choose_target(goal=goal, choice=Choice(qualification=qualification), acting_user=adviser)
    add_line(target=target, words=OWN_WISH, acting_user=adviser)  # the widest route closes it too
    limits = write_limits(
        person=audit.person, case_uid=audit.uid, home=audit.person.teryt[:4], own_money=120_000, hours_week=12, months=10,
        at_once=2, farthest=2, work_kind=WorkKind.FIXED, work=SHOP_HOURS, acting_user=adviser,
    )  # fmt: skip
    right = VoucherRight.objects.prefetch_related("vouchers").get(case_uid=audit.uid)
    basis = basis_for(Given(goal_of(picture_of(target)), limits, right.terms, right))
    found = plan_all(basis.problem)
    made = {}
    for route in (Route.SOONEST, Route.CHEAPEST):
        answer = found[route]
        told = shown(basis, answer)
        made[route] = choose_route(
            goal=goal, basis=basis, codes=answer.codes, name=told.name, acting_user=adviser,
            proof={"tried": told.tried, "proven": told.proven, "text": told.proof}, main=route is Route.CHEAPEST,
        )  # fmt: skip
    return made[Route.CHEAPEST]


def buy_english(audit: SkillsAudit, *, late: bool = False) -> None:
    """A language course with a voucher: one that begins in a month, or one that ended and was not reported."""
    me = ActingUser(audit.adviser)
    today = timezone.localdate()
    dates = Edition.objects.filter(source=Source.TABLE, service__title=ENGLISH).order_by("starts_on")
    if not late:
        _bought(audit, dates.filter(starts_on__gt=today).get(place="Kraków"), "Angielski z planu rozwoju.", me)
        return
    ended = dates.get(ends_on=today - dt.timedelta(days=LATE))
    with days_back((today - ended.starts_on).days + 3):
        voucher = _bought(audit, ended, "Angielski z planu rozwoju.", me)
    with days_back((today - ended.starts_on).days):
        report_participation(voucher=voucher, participation="accepted", document="lista obecności 4", acting_user=me)


def _bought(audit: SkillsAudit, edition: Edition, reason: str, me: ActingUser) -> Voucher:
    right = VoucherRight.objects.get(case_uid=audit.uid)
    voucher = grant(right=right, price_grosze=edition.price_grosze, reason=reason, acting_user=me)
    voucher = record_own_share(voucher=voucher, grosze=voucher.own_grosze, document="przelew 114", acting_user=me)
    return bind(voucher=voucher, edition=edition, document="zgłoszenie 31", acting_user=me)
