"""From a granted application to the register, through the change that two editors agree on (RG-5, RG-6)."""

import dataclasses

from django.db import transaction
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.text import normalised
from dorobek.people.acting import ActingUser
from dorobek.register.actions.editing import on_decision, propose_change
from dorobek.register.applications.completeness import TEXTS
from dorobek.register.applications.enums import ApplicationKind, ApplicationStage, Step
from dorobek.register.applications.perms import may_handle
from dorobek.register.applications.stepping import check_step, move_on
from dorobek.register.entry import Body, Entry
from dorobek.register.entry.outline import read_outline
from dorobek.register.entry.rules_text import read_rules
from dorobek.register.entry.validation import ValidationRules
from dorobek.register.enums import BodyRole, ChangeState, Status
from dorobek.register.models import EntryChange
from dorobek.register.models.applications import RegisterApplication


@transaction.atomic
def propose_entry(
    *, application: RegisterApplication, code: str, acting_user: ActingUser, base_version: int | None = None
) -> EntryChange:
    """Make the proposed change of the register; a second editor accepts it. `code` is a new entry's, else unused.

    An inclusion becomes a new entry, a right becomes an awarding body of the entry, and with it an Entitlement.
    Raises NotAllowed, RuleBroken, Conflict.
    """
    held = application.locked()
    acting_user.require(may_handle(acting_user.account, held))
    check_step(held, Step.ENTER)
    entry = included(held, code.strip()) if held.kind == ApplicationKind.INCLUSION else entitled(held)
    change = propose_change(
        entry=entry,
        reason=_("Na podstawie wniosku %s.") % held.uid,
        qualification=held.qualification,
        acting_user=acting_user,
    )
    move_on(held, Step.ENTER, acting_user, base_version=base_version, change=change)
    return change


def included(application: RegisterApplication, code: str) -> Entry:
    """The entry of an inclusion. Raises RuleBroken without a code."""
    if not code:
        raise RuleBroken(_("Proszę podać kod nowego wpisu."), "code")
    given = application.content
    return Entry(
        code=code,
        title_pl=str(given["title_pl"]).strip(),
        title_en=str(given.get("title_en") or "").strip(),
        category=given["category"],
        level=given["level"],
        hours=given["hours"],
        status=Status.INCLUDED,
        texts={name: {"pl": str(given[name]).strip()} for name in TEXTS if given.get(name)},
        sets=read_outline(given["outline"]),
        rules=rules_of_application(application),
        bodies=(Body(application.institution.name, BodyRole.APPLICANT),),
    )


def rules_of_application(application: RegisterApplication) -> ValidationRules | None:
    """The rules of validation in what the applicant wrote of it (VA-2); None where nothing is written."""
    words = str(application.content.get("validation") or "").strip()
    return read_rules(words) if application.kind == ApplicationKind.INCLUSION and words else None


def entitled(application: RegisterApplication) -> Entry:
    """The entry with the institution among its awarding bodies, from the day of the decision."""
    if application.qualification is None or application.decided_on is None:
        raise RuleBroken(_("Tej kwalifikacji nie ma już w rejestrze."))
    entry, name = application.qualification.entry, application.institution.name
    others = tuple(
        body for body in entry.bodies
        if body.role != BodyRole.AWARDING or normalised(body.name) != normalised(name)
    )  # fmt: skip
    awarding = Body(name, BodyRole.AWARDING, since=application.decided_on.isoformat())
    return dataclasses.replace(entry, bodies=(*others, awarding))


@on_decision
def follow_decision(change: EntryChange, acting_user: ActingUser) -> None:
    """The second editor decided: the application is entered, or its entry is to be proposed anew.

    Raises NotAllowed where the editor applies in the name of the same institution; the decision does not happen then.
    """
    rows = RegisterApplication.objects.select_for_update(of=("self",))
    for held in rows.filter(change=change, stage=ApplicationStage.ENTERING):
        acting_user.require(may_handle(acting_user.account, held))
        accepted = change.state == ChangeState.ACCEPTED
        move_on(held, Step.ACCEPT_ENTRY if accepted else Step.REJECT_ENTRY, acting_user)
