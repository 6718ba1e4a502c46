"""The decision and the certificate: neither is reached while a rule is broken (VA-2, VA-8)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.events import publish
from dorobek.people.acting import ActingUser
from dorobek.portfolio.events import HoldingsChanged
from dorobek.validation import facts, perms
from dorobek.validation.actions.applying import expect, move, outcome_titles, record
from dorobek.validation.actions.assessing import all_closed, contents
from dorobek.validation.actions.commissions import commission_refusals
from dorobek.validation.actions.credentials import award_if_possible
from dorobek.validation.actions.documents import freeze
from dorobek.validation.enums import AppealState, ApplicationState, PaperKind
from dorobek.validation.models import Application, Certificate, Decision, PartialResult
from dorobek.validation.rules import Verdict, decide


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
    if broken := refusals(application):
        raise RuleBroken(" ".join(broken))
    decided = decide(application.opening.rules.sets, facts.marks(application)[0], application.carried)
    made = Decision.objects.create(
        application=application, round=application.round, criteria=dict(decided.criteria),
        outcomes=dict(decided.outcomes), sets={str(number): one for number, one in decided.sets.items()},
        whole=decided.whole, decided_by=acting_user.account,
    )  # fmt: skip
    move(application, ApplicationState.DECIDED, "validation.decided", acting_user)
    record(acting_user, "validation.protocol", application, **_protocol(application, made))
    titles = outcome_titles(application.opening)
    for code in decided.partial:
        PartialResult.objects.update_or_create(
            person=application.person, qualification=application.opening.qualification.code, outcome=code,
            defaults={"wording": titles[code]}, create_defaults={"wording": titles[code], "decision": made},
        )  # fmt: skip
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
    decision = application.decisions.get(round=application.round)
    if decision.whole != Verdict.MET:
        raise RuleBroken(_("Nie wszystkie efekty uczenia się są potwierdzone. Potwierdzone zostają na stałe."))
    if broken := refusals(application):
        raise RuleBroken(" ".join(broken))
    number = f"{application.opening.qualification.code}/{timezone.localdate().year}/{application.pk:06d}"
    made = Certificate.objects.create(
        application=application, decision=decision, number=number, issued_by=acting_user.account
    )
    move(application, ApplicationState.CERTIFIED, "validation.certified", acting_user)
    freeze(kind=PaperKind.CERTIFICATE, application=application, about=made, key=str(made.uid), acting_user=acting_user)
    award_if_possible(decision=decision, acting_user=acting_user)
    return made


def _protocol(application: Application, decision: Decision) -> dict[str, Any]:
    """All marks and reasons, with what proves that sheets are as they were closed."""
    sheets = application.assessments.filter(round=application.round).select_related("assessor").order_by("pk")
    agreed = application.agreed.filter(round=application.round).order_by("criterion")
    return {
        "sheets": [
            {"sheet": str(one.uid), "assessor": one.assessor_id, "salt": one.salt, "marks": contents(one)}
            for one in sheets
        ],
        "agreed": [[one.criterion, one.verdict, one.reason, one.dissent] for one in agreed],
        "outcomes": decision.outcomes,
        "whole": decision.whole,
    }


def refusals(application: Application) -> list[str]:
    """Every rule that is broken now, in words; asked again at each step, since facts come to light late."""
    rules, names = application.opening.rules, facts.names_of(application)
    if application.commission is None:
        return [_("Nie powołano komisji.")]
    found = commission_refusals(application, application.commission)
    found += [facts.in_words(one, names) for one in facts.method_faults(rules, application)]
    apart = facts.marks(application)[1]
    if apart:
        found.append(_("Komisja nie uzgodniła jeszcze kryteriów: %s.") % ", ".join(apart))
    if application.appeals.filter(state=AppealState.FILED).exists():
        found.append(_("Trwa odwołanie. Najpierw trzeba na nie odpowiedzieć."))
    return found
