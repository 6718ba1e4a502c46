"""That a method was used: written where it really took place, or brought in on paper by whoever answers for it (VA-2)."""

import datetime as dt
from collections.abc import Collection

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.kernel.models import HistoryEntry
from dorobek.kernel.uploads import store_upload
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account
from dorobek.validation import grounds, perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.enums import ApplicationState, MethodHow
from dorobek.validation.models import Application, Assessment, MethodRecord
from dorobek.validation.models.crediting import gone, void
from dorobek.validation.rules import QualificationRules
from dorobek.validation.rules.testing.marking import outcome_of

PAPERS = ("application/pdf", "image/jpeg", "image/png")
ITSELF = {
    grounds.TEST: lambda: _("Test wiedzy zapisuje się sam, gdy kandydat go napisze i wynik jest ustalony."),
    grounds.OBSERVATION: lambda: _("Obserwacja zapisuje się sama, gdy się ją zakończy na jej stronie."),
    grounds.CONVERSATION: lambda: _("Rozmowa zapisuje się sama, gdy się ją zakończy z notatkami na jej stronie."),
}


@transaction.atomic
def record_method(
    *, application: Application, method: str, criteria: Collection[str], acting_user: ActingUser
) -> MethodRecord:
    """A method that has no form of its own here was used, or evidence was analysed: a member writes it while judging.

    Raises NotAllowed, RuleBroken: a method that writes itself down, a foreign one, one's sheet closed, evidence that is
    not there or not checked by oneself.
    """
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    sheet = application.assessments.counting().filter(round=application.round, assessor=acting_user.account).first()
    if sheet is None or sheet.closed_at is not None:
        raise RuleBroken(_("Arkusz jest zamknięty. Metod nie można już dopisać."))
    if method in ITSELF:
        raise RuleBroken(ITSELF[method](), "method")
    check_method(application.opening.rules, method, criteria)
    if method == grounds.ANALYSIS:
        _analysed(application, sheet, criteria)
    how = MethodHow.CHECKS if method == grounds.ANALYSIS else MethodHow.WRITTEN
    return write_record(application, method, criteria, how, acting_user)


def write_record(
    application: Application, method: str, criteria: Collection[str], how: MethodHow, acting_user: ActingUser
) -> MethodRecord:
    """The record with its entry in the history; its caller has seen that the thing itself took place."""
    made = MethodRecord.objects.create(
        application=application, round=application.round, method=method, criteria=sorted(set(criteria)),
        used_on=timezone.localdate(), recorded_by=acting_user.account, how=how,
    )  # fmt: skip
    record(acting_user, "validation.method-used", application, method=method, criteria=made.criteria)
    return made


@transaction.atomic
def import_paper(
    *, application: Application, method: str, criteria: Collection[str], used_on: dt.date, led_by: str,
    upload: UploadedFile, acting_user: ActingUser, failed: Collection[str] = (), note: str = "",
) -> MethodRecord:  # fmt: skip
    """A method carried out on paper comes in with its file: told as such in the protocol, never as done here.

    By awarding officers of the body, never in their own case. `failed`: outcomes that a test on paper did not pass.
    Raises NotAllowed, RuleBroken (foreign method, nobody named, a day to come or before documentation, a bad file, a
    sheet of the round closed: whoever closed it did not know this).
    """
    application = application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    acting_user.require(not perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    _none_closed(application)
    rules = application.opening.rules
    check_method(rules, method, criteria)
    if not led_by.strip():
        raise RuleBroken(_("Proszę napisać, kto to przeprowadził. Ta osoba za to odpowiada."), "led_by")
    if used_on > timezone.localdate():
        raise RuleBroken(_("Ta data jest z przyszłości. Proszę ją sprawdzić."), "used_on")
    if used_on < (first := documented_on(application)):
        words = _("Ta data jest sprzed zamknięcia zbierania dowodów (%s). Proszę ją sprawdzić.")
        raise RuleBroken(words % first.isoformat(), "used_on")
    asked = {outcome_of(code) for code in criteria}
    if foreign := sorted(set(failed) - asked):
        raise RuleBroken(_("Tych efektów ten zapis nie obejmuje: %s.") % ", ".join(foreign), "failed")
    if failed and method != grounds.TEST:
        raise RuleBroken(_("Efekty niezaliczone podaje się tylko przy teście wiedzy."), "failed")
    stored = store_upload(upload, person_uid=application.person.uid, allowed=PAPERS)
    made = MethodRecord.objects.create(
        application=application, round=application.round, method=method, criteria=sorted(set(criteria)),
        used_on=used_on, recorded_by=acting_user.account, how=MethodHow.PAPER, file=stored, led_by=led_by.strip(),
        failed=sorted(set(failed)), note=note.strip(),
    )  # fmt: skip
    record(
        acting_user, "validation.method-on-paper", application, method=method, criteria=made.criteria, used_on=used_on,
        led_by=made.led_by, file_sha256=stored.sha256, failed=made.failed,
    )  # fmt: skip
    return made


@transaction.atomic
def void_paper(*, paper: MethodRecord, reason: str, acting_user: ActingUser) -> MethodRecord:
    """A record on paper brought in by mistake counts for nothing; it and its file stay, with the reason.

    Raises NotAllowed, RuleBroken (not on paper or void already, no reason, a sheet of the round closed).
    """
    application = paper.application.locked()
    acting_user.require(perms.may_run(acting_user.account, application))
    acting_user.require(not perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    paper = MethodRecord.objects.select_for_update().get(pk=paper.pk)
    if paper.how != MethodHow.PAPER or paper.round != application.round:
        raise RuleBroken(_("Ten zapis nie jest zapisem na papierze z tej oceny albo jest już wycofany."))
    if not reason.strip():
        raise RuleBroken(_("Proszę napisać, dlaczego ten zapis się nie liczy."), "reason")
    _none_closed(application)
    paper.how, paper.note = MethodHow.VOID, "\n".join(one for one in (paper.note, reason.strip()) if one)
    paper.save(update_fields=["how", "note"])
    record(
        acting_user, "validation.paper-void", application, method=paper.method, criteria=paper.criteria,
        reason=reason.strip(),
    )  # fmt: skip
    return paper


def _none_closed(application: Application) -> None:
    """Raise RuleBroken once a sheet of the round is closed: it could not be mended to fit what changes now."""
    closed = application.assessments.counting().filter(round=application.round, closed_at__isnull=False)
    if closed.exists():
        raise RuleBroken(_("Ktoś z komisji zamknął już arkusz. Zapisów metod na papierze nie można już zmienić."))


def documented_on(application: Application) -> dt.date:
    """The day on which documentation was closed, by the history; the first day of all where it says nothing."""
    told = HistoryEntry.objects.filter(subject=application.uid, kind="validation.documented").order_by("seq").last()
    return timezone.localdate(told.at) if told is not None else dt.date.min


def check_method(rules: QualificationRules, method: str, criteria: Collection[str]) -> None:
    """Raise RuleBroken for a method the entry does not let be used, at all or for these criteria."""
    known(rules, criteria)
    stated = rules.method(method)
    if stated is None and rules.only_these_methods:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza tej metody."), "method")
    out = sorted({outcome_of(code) for code in criteria if stated and not stated.may_verify(outcome_of(code))})
    if out:
        words = _("Wpis w rejestrze nie pozwala sprawdzać tą metodą efektów: %s. Proszę wybrać inną metodę.")
        raise RuleBroken(words % ", ".join(out), "method")


def known(rules: QualificationRules, criteria: Collection[str]) -> None:
    """Raise RuleBroken for criteria that the entry has not, and for none at all."""
    if foreign := sorted(set(criteria) - set(rules.criterion_codes)):
        raise RuleBroken(_("Nie ma takiego kryterium: %s.") % ", ".join(foreign), "criterion")
    if not criteria:
        raise RuleBroken(_("Proszę zaznaczyć choć jedno kryterium."), "criterion")


def _analysed(application: Application, sheet: Assessment, criteria: Collection[str]) -> None:
    """Evidence stands beside each criterion, and its four questions are answered on the member's own sheet."""
    kept = application.mapped.filter(evidence__removed_at=None).exclude(gone()).exclude(void())
    bare = sorted(set(criteria) - set(kept.values_list("criterion", flat=True)))
    if bare:
        words = _("Nie ma czego analizować: przy tych kryteriach kandydat nie pokazał dowodu: %s.")
        raise RuleBroken(words % ", ".join(bare), "criteria")
    answered = {
        one.criterion for one in sheet.checks.all() if all(getattr(one, name) for name in grounds.QUESTIONS)
    }  # fmt: skip
    if left := sorted(set(criteria) - answered):
        words = _("Najpierw trzeba odpowiedzieć w arkuszu na cztery pytania o dowody przy kryteriach: %s.")
        raise RuleBroken(words % ", ".join(left), "criteria")


def may_be_on_paper(user: Account, application: Application) -> bool:
    """Whether the user may bring in a method on paper now."""
    runs = perms.may_run(user, application) and not perms.judges(user, application)
    return runs and application.state == ApplicationState.APPOINTED
