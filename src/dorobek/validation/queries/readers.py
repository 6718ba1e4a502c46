"""Who has the move in a case, as accounts to write to."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from dorobek.people.enums import Role
from dorobek.people.models import Account, Membership
from dorobek.validation.enums import AppealState
from dorobek.validation.models import Application, CommissionMember, Declaration
from dorobek.validation.queries.appealing import answerable
from dorobek.validation.rules.moves import Move, Mover, Step

ROLES = {
    Mover.ADVISER: Role.VALIDATION_ADVISER,
    Mover.OFFICER: Role.AWARDING_OFFICER,
    Mover.APPEALS: Role.APPEALS_OFFICER,
}


class Readers:
    """Looks accounts up, and keeps those of a body for as long as it lives: one day's reminders ask once."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, str], list[Account]] = {}

    def of(self, application: Application, move: Move) -> list[Account]:
        """Accounts that have this move, never the candidate's own."""
        found: Iterable[Account] = ()
        if move.mover in ROLES:
            found = self._with_role(application.opening.institution_id, ROLES[move.mover])
        if move.mover is Mover.APPEALS:
            filed = [one for one in application.appeals.all() if one.state == AppealState.FILED]
            found = [one for one in found if answerable(one, filed)]
        if move.mover is Mover.COMMISSION:
            found = self._members(application, move.step)
        return [one for one in found if one.pk != application.person.account_id]

    def _with_role(self, institution: int, role: str) -> list[Account]:
        key = (institution, role)
        if key not in self._held:
            today = timezone.localdate()
            rows = Membership.objects.filter(Q(until=None) | Q(until__gte=today), since__lte=today)
            rows = rows.filter(role=role, institution=institution, account__is_active=True)
            self._held[key] = list(Account.objects.filter(pk__in=rows.values("account")).order_by("pk"))
        return self._held[key]

    def _members(self, application: Application, step: Step) -> list[Account]:
        """Who has still to declare, to judge or to agree."""
        if step is Step.DECLARE:
            seats = CommissionMember.objects.filter(
                commission__sittings__candidates__application=application,
                commission__sittings__candidates__round=application.round,
            )
            said = Declaration.objects.filter(application=application).values("member")
            wanted = set(seats.exclude(pk__in=said).values_list("record__account", flat=True))
        else:
            sheets = application.assessments.counting().filter(round=application.round)
            left = sheets.filter(closed_at=None) if step is Step.JUDGE else sheets
            wanted = set(left.values_list("assessor", flat=True))
        return list(Account.objects.filter(pk__in=wanted, is_active=True).order_by("pk"))
