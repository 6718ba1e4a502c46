"""Evidence before a commission stays as it was shown until the commission has done with it (VA-4, PF-1)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from dorobek.portfolio.keeping import needed, needed_credential
from dorobek.portfolio.models import Evidence, HeldCredential
from dorobek.validation.enums import AppealState, ApplicationState
from dorobek.validation.models import Application, CredentialPiece, MappedEvidence, ShownCondition
from dorobek.validation.queries.appealing import open_to

BEFORE_COMMISSION = (ApplicationState.DOCUMENTED, ApplicationState.APPOINTED)


@needed
def judged_by_it(evidence: Evidence) -> str:
    """In words where a commission judges by the piece, or may again after an appeal."""
    beside = [table.objects.filter(evidence=evidence) for table in (MappedEvidence, ShownCondition)]
    shown = Q(pk__in=beside[0].values("application")) | Q(pk__in=beside[1].values("application"))
    rows = Application.objects.filter(shown).select_related("opening__institution", "opening__qualification")
    for one in rows.order_by("pk"):
        decided = one.state == ApplicationState.DECIDED
        waits = decided and (open_to(one) or one.appeals.filter(state=AppealState.FILED).exists())
        if one.state in BEFORE_COMMISSION or waits:
            values = {"what": one.opening.qualification.title_pl, "body": one.opening.institution.name}
            return (
                _(
                    "Tego dowodu potrzebuje komisja w walidacji „%(what)s” (%(body)s). Można go usunąć, gdy walidacja się "
                    "skończy albo gdy wycofa się zgłoszenie."
                )
                % values
            )
    return ""


@needed_credential
def judged_by_credential(held: HeldCredential) -> str:
    """The same where the piece is this credential of the wallet."""
    piece = CredentialPiece.objects.filter(held=held).select_related("evidence").first()
    return judged_by_it(piece.evidence) if piece is not None else ""
