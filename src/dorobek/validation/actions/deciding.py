"""The decision and the certificate: neither is reached while a rule is broken (VA-2, VA-8)."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.portfolio.events import HoldingsChanged
from dorobek.register.enums import BodyRole
from dorobek.register.models import Entitlement
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, move, record
from dorobek.validation.actions.assessing import all_closed, contents
from dorobek.validation.actions.awaited import take_awaited
from dorobek.validation.actions.commissions import commission_refusals
from dorobek.validation.actions.credentials import award_if_possible
from dorobek.validation.actions.documents import freeze
from dorobek.validation.actions.fees import fee_refusals
from dorobek.validation.carrying import carried_for, codes_carried
from dorobek.validation.documents.common import day
from dorobek.validation.enums import AppealAbout, AppealState, ApplicationState, FeeWaits, PaperKind
from dorobek.validation.grounds import TEST, failed, refused_by_test, shown_met
from dorobek.validation.models import Application, Certificate, Decision, Mark, PartialResult
from dorobek.validation.rules import Verdict, decide
from dorobek.validation.rules.carrying import outcomes_told


@transaction.atomic
def publish_decision(*, application: Application, acting_user: ActingUser) -> Decision:
    """The decision by criterion, outcome, set and whole; outcomes met are confirmed for ever.

    Raises NotAllowed, RuleBroken: an open sheet or difference, a broken rule of commission or methods, an appeal.
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    acting_user.require(not perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    all_closed(application)
    take_awaited(application.person)
    if broken := [*award_refusals(application), *refusals(application), *fee_refusals(application, FeeWaits.RESULT)]:
        raise RuleBroken(" ".join(broken))
    decided = decide(application.opening.rules.sets, facts.marks(application)[0], application.carried)
    made = Decision.objects.create(
        application=application, round=application.round, criteria=dict(decided.criteria),
        outcomes=dict(decided.outcomes), sets={str(number): one for number, one in decided.sets.items()},
        whole=decided.whole, decided_by=acting_user.account, carried=application.carried,
        commission=application.commission,
    )  # fmt: skip
    move(application, ApplicationState.DECIDED, "validation.decided", acting_user)
    record(acting_user, "validation.protocol", application, **_protocol(application, made))
    confirm(made, decided.partial)
    publish(HoldingsChanged(str(application.person.uid), "", "validation"))
    for kind in (PaperKind.PROTOCOL, PaperKind.LETTER):
        freeze(kind=kind, application=application, about=made, key=str(made.uid), acting_user=acting_user)
    award_if_possible(decision=made, acting_user=acting_user)
    return made


@transaction.atomic
def issue_certificate(*, application: Application, acting_user: ActingUser) -> Certificate:
    """The certificate of the whole qualification. Raises NotAllowed, RuleBroken: anything that is not in order."""
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    expect(application, ApplicationState.DECIDED)
    take_awaited(application.person)
    decision = application.decisions.get(round=application.round)
    if decision.whole != Verdict.MET:
        raise RuleBroken(_("Nie wszystkie efekty uczenia się są potwierdzone. Potwierdzone zostają na stałe."))
    if broken := [*award_refusals(application), *refusals(application)]:
        raise RuleBroken(" ".join(broken))
    number = f"{application.opening.qualification.code}/{timezone.localdate().year}/{application.pk:06d}"
    made = Certificate.objects.create(
        application=application, decision=decision, number=number, issued_by=acting_user.account
    )
    move(application, ApplicationState.CERTIFIED, "validation.certified", acting_user)
    freeze(kind=PaperKind.CERTIFICATE, application=application, about=made, key=str(made.uid), acting_user=acting_user)
    award_if_possible(decision=decision, acting_user=acting_user)
    return made


def confirm(decision: Decision, codes: Collection[str]) -> None:
    """Outcomes met are the person's for good, with the words by which they were judged; what is held stays as it is."""
    application = decision.application
    now = outcomes_told(application.opening.entry_version.entry)
    for code in codes:
        title, digest = now[code]
        held = {"person": application.person, "qualification": application.opening.qualification.code, "digest": digest}
        if code in decision.carried and PartialResult.objects.standing().filter(**held).exists():
            continue
        PartialResult.objects.get_or_create(
            **held, outcome=code, suspended_at=None, defaults={"wording": title, "decision": decision}
        )


def award_refusals(application: Application) -> list[str]:
    """The body may award this qualification today, by the register: asked at the end too, since rights end (RG-4)."""
    opening = application.opening
    held = Entitlement.objects.filter(
        qualification=opening.qualification, role=BodyRole.AWARDING,
        body__name_key=normalised(opening.institution.name)[:300],
    )  # fmt: skip
    if any(one.lasts_on(timezone.localdate()) for one in held):
        return []
    return [
        _(
            "Rejestr nie podaje, że ta instytucja może dziś nadawać tę kwalifikację. Wynik i certyfikat mogą być wydane "
            "dopiero wtedy, gdy wpis w rejestrze to potwierdzi."
        )
    ]


def _protocol(application: Application, decision: Decision) -> dict[str, Any]:
    """All marks and reasons, with what proves that sheets are as they were closed."""
    sheets = application.assessments.filter(round=application.round).select_related("assessor").order_by("pk")
    agreed = application.agreed.settled().filter(round=application.round).order_by("criterion")
    talk = application.talk.filter(round=application.round).order_by("pk")
    return {
        "sheets": [
            {"sheet": str(one.uid), "assessor": one.assessor_id, "salt": one.salt, "marks": contents(one)}
            | ({"void": one.void_reason} if one.voided_at else {})
            for one in sheets
        ],
        "talk": [[one.criterion, one.written_by_id, one.text] for one in talk],
        "agreed": [[one.criterion, one.verdict, one.reason, one.dissent] for one in agreed],
        "outcomes": decision.outcomes,
        "whole": decision.whole,
    }


def refusals(application: Application) -> list[str]:
    """Every rule that is broken now, in words; asked again at each step, since facts come to light late."""
    found = [*round_faults(application), *before_sitting(application), *carried_faults(application)]
    if application.commission is not None:
        found += earlier_faults(application)
    if (
        application.appeals.filter(state=AppealState.FILED).exclude(about=AppealAbout.FEE).exists()
    ):  # money costs no time
        found.append(_("Trwa odwołanie. Najpierw trzeba na nie odpowiedzieć."))
    return found


def before_sitting(application: Application) -> list[str]:
    """No decision and no certificate before the day on which the commission sits over this round."""
    held = application.sittings.filter(round=application.round).select_related("sitting").first()
    if held is None or timezone.localdate(held.sitting.begins) <= timezone.localdate():
        return []
    words = _("Komisja zbiera się dopiero %s. Wynik i certyfikat mogą być wydane najwcześniej tego dnia.")
    return [words % day(held.sitting.begins)]


def carried_faults(application: Application) -> list[str]:
    """Outcomes carried from another validation that count no more: they fell with a revoked certificate since."""
    own = {code for one in application.decisions.all() for code in facts.confirmed_in(one)}
    elsewhere = set(application.carried) - own
    if not elsewhere:
        return []
    lost = sorted(elsewhere - set(codes_carried(carried_for(application.person, application.opening))))
    if not lost:
        return []
    words = _(
        "Te efekty były przeniesione z certyfikatu, który unieważniono, i już się nie liczą: %s. Trzeba je ocenić: kandydat "
        "wycofuje zgłoszenie i zgłasza się jeszcze raz."
    )
    return [words % ", ".join(lost)]


def earlier_faults(application: Application) -> list[str]:
    """Rules broken by commissions of earlier rounds whose outcomes count in this one: no certificate rests on them."""
    found = []
    for one in facts.earlier_rounds(application):
        broken = commission_refusals(application, one.commission, one.round) if one.commission else []
        if broken:
            words = _("Ocena nr %d, z której są wcześniej potwierdzone efekty: %s Po odwołaniu oceni je inna komisja.")
            found.append(words % (one.round, " ".join(broken)))
    return found


def _by_failed_test(application: Application) -> list[str]:
    """ "Met" by a test that was not passed: no decision rests on that."""
    not_passed = failed(application)
    rows = Mark.objects.filter(
        assessment__application=application, assessment__round=application.round, assessment__voided_at=None,
        verdict=Verdict.MET, method=TEST,
    )  # fmt: skip
    codes = sorted(set(rows.values_list("criterion", flat=True))) if not_passed else []
    told = {code: refused_by_test(code, TEST, not_passed) for code in codes}
    return [f"{code}: {why}" for code, why in told.items() if why]


def round_faults(application: Application) -> list[str]:
    """What is wrong with this round itself: its commission, its methods, what it has not agreed."""
    rules, names = application.opening.rules, facts.names_of(application)
    if application.commission is None:
        return [_("Nie powołano komisji.")]
    found = commission_refusals(application, application.commission)
    found += [facts.in_words(one, names) for one in facts.method_faults(rules, application)]
    found += _by_failed_test(application)
    marks, apart = facts.marks(application)
    met = {code for code, verdict in marks.items() if verdict is Verdict.MET}
    if bare := sorted(met - shown_met(application)) if met else []:
        words = _("Oceny „spełnione” nie potwierdza żaden arkusz komisji: %s. Trzeba je ocenić jeszcze raz.")
        found.append(words % ", ".join(bare))
    if apart:
        found.append(_("Komisja nie uzgodniła jeszcze kryteriów: %s.") % ", ".join(apart))
    return found
