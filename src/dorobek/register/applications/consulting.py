"""The public consultation: anybody comments, an editor reads first, applicant or editor answers (RG-5)."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.applications.enums import ApplicationStage, CommentState
from dorobek.register.applications.perms import may_answer, may_apply, may_handle
from dorobek.register.applications.stepping import KIND, note
from dorobek.register.models.applications import ConsultationComment, RegisterApplication


@transaction.atomic
def comment_on(*, application: RegisterApplication, name: str, email: str, text: str) -> ConsultationComment:
    """A comment by anybody, without an account. It waits for an editor; name and e-mail are never published.

    Raises RuleBroken: no consultation today, a field left empty or an address that is none.
    """
    held = application.locked()
    if not held.is_consulted:
        raise RuleBroken(_("Konsultacje tego wniosku nie trwają, więc nie da się dodać uwagi."))
    for value, field, message in (
        (name, "name", _("Proszę się przedstawić. Nazwiska nie opublikujemy.")),
        (text, "text", _("Proszę napisać uwagę.")),
    ):
        if not value.strip():
            raise RuleBroken(message, field)
    try:
        validate_email(email.strip())
    except ValidationError as fault:
        raise RuleBroken(_("To nie jest adres e-mail. Powinien wyglądać tak: imie@example.org."), "email") from fault
    made = ConsultationComment.objects.create(
        application=held, name=name.strip(), email=email.strip(), text=text.strip()
    )
    history.record(stream=held.uid, kind=f"{KIND}.commented", actor_id=None, subject=made.uid)
    return made


def _locked(comment: ConsultationComment) -> tuple[ConsultationComment, RegisterApplication]:
    """The comment and its application, the application locked first: closing the consultation locks it too."""
    application = comment.application.locked()
    held = comment.locked()
    if application.stage != ApplicationStage.CONSULTATION:
        raise RuleBroken(_("Konsultacje tego wniosku są już zamknięte."))
    return held, application


@transaction.atomic
def moderate_comment(
    *, comment: ConsultationComment, publish: bool, reason: str, acting_user: ActingUser,
    base_version: int | None = None,
) -> ConsultationComment:  # fmt: skip
    """Publish a comment as it stands, or leave it out with a reason. Raises NotAllowed, RuleBroken, Conflict."""
    acting_user.require(may_handle(acting_user.account, comment.application))
    held, application = _locked(comment)
    if held.state != CommentState.WAITING:
        raise RuleBroken(_("Tę uwagę już ktoś sprawdził."))
    if not publish and not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego uwaga nie będzie opublikowana."), "reason")
    values = {
        "state": CommentState.PUBLISHED if publish else CommentState.REFUSED,
        "refused_for": "" if publish else reason.strip(),
        "moderated_by": acting_user.account,
    }
    held.write(values, base_version=base_version)
    note(application, acting_user, "comment-published" if publish else "comment-refused", comment=held.uid)
    return held


@transaction.atomic
def answer_comment(
    *, comment: ConsultationComment, answer: str, acting_user: ActingUser, base_version: int | None = None
) -> ConsultationComment:
    """Answer a published comment in public; the answer may be bettered until the consultation closes.

    Raises NotAllowed, RuleBroken, Conflict.
    """
    acting_user.require(may_answer(acting_user.account, comment.application))
    held, application = _locked(comment)
    if held.state != CommentState.PUBLISHED:
        raise RuleBroken(_("Odpowiedzieć można na uwagę, która jest opublikowana."))
    if not answer.strip():
        raise RuleBroken(_("Proszę napisać odpowiedź."), "answer")
    values = {
        "answer": answer.strip(),
        "answered_by_applicant": may_apply(acting_user.account, application.institution_id),
        "answered_on": timezone.localdate(),
    }
    if held.write(values, base_version=base_version):
        note(application, acting_user, "comment-answered", comment=held.uid)
    return held
