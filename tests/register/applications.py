"""Builders for applications to the register: people, complete contents, and an application taken to a stage."""

import datetime as dt
from typing import Any

from django.utils import timezone

from dorobek.cli.demo.qualifications import entries
from dorobek.people.enums import Role
from dorobek.register.actions import import_entries
from dorobek.register.applications.applying import begin_application, save_application, send_application
from dorobek.register.applications.consulting import comment_on
from dorobek.register.applications.entering import propose_entry
from dorobek.register.applications.enums import ApplicationKind, ApplicationStage
from dorobek.register.applications.handling import (
    check_formally,
    close_consultation,
    decide_application,
    note_opinion,
)
from dorobek.register.applications.periods import TrainingPeriod
from dorobek.register.entry import Read
from dorobek.register.enums import Source
from dorobek.register.models import ConsultationComment, Qualification, RegisterApplication
from tests.factories import acting, make_institution, make_staff, make_unit

WORDS = "Osoba z tą kwalifikacją samodzielnie prowadzi recepcję małego pensjonatu i rozlicza pobyty."
OUTLINE = "# Przyjmowanie gości\nMelduje gościa\n- zakłada kartę pobytu\n- wydaje klucz"


def inclusion(**changes: Any) -> dict[str, Any]:
    """A complete content of an inclusion."""
    texts = ("characteristics", "target_groups", "uses", "validity", "demand", "validation")
    whole = {"title_pl": "Obsługa recepcji", "level": 4, "category": "free_market", "hours": 120, "outline": OUTLINE}
    return {**whole, **dict.fromkeys(texts, WORDS), **changes}


def right(**changes: Any) -> dict[str, Any]:
    """A complete content of an application for the right to award."""
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=7 * 365), today - dt.timedelta(days=30)
    whole = {**dict.fromkeys(("grounds", "training", "staff", "premises", "quality"), WORDS)}
    return {**whole, "periods": [period(first, last)], **changes}


def period(since: dt.date, until: dt.date | None, document: str = "programy szkoleń", *shows: str) -> dict[str, Any]:
    """A period of training as a content holds it."""
    return TrainingPeriod(since, until, document, frozenset(shows)).as_data()


class Office:
    """An applying institution, two editors, a minister's officer, and one qualification in the register."""

    def __init__(self) -> None:
        self.body = make_institution("Izba Rzemiosła w Łęgowicach")
        self.applicant = make_staff(Role.AWARDING_OFFICER, make_unit(self.body), "Celina")
        ministry = make_unit(make_institution("Ministerstwo Próbne"))
        self.editor = make_staff(Role.REGISTER_EDITOR, ministry, "Feliks")
        self.second = make_staff(Role.REGISTER_EDITOR, ministry, "Wanda")
        self.officer = make_staff(Role.MINISTER_OFFICER, ministry, "Gustaw")

    def qualification(self) -> Qualification:
        import_entries(reads=[Read(next(iter(entries())))], source=Source.TABLE)
        return Qualification.objects.select_related("current").get()

    def draft(
        self, kind: str = ApplicationKind.INCLUSION, content: dict[str, Any] | None = None
    ) -> RegisterApplication:
        named = self.qualification() if kind == ApplicationKind.RIGHT else None
        made = begin_application(
            institution=self.body, kind=kind, qualification=named, acting_user=acting(self.applicant)
        )
        whole = right() if kind == ApplicationKind.RIGHT else inclusion()
        return save_application(
            application=made, content=whole if content is None else content, acting_user=acting(self.applicant)
        )

    def at(self, stage: str, kind: str = ApplicationKind.INCLUSION) -> RegisterApplication:
        """An application taken to the stage by the actions themselves."""
        held = self.draft(kind)
        way = [
            (ApplicationStage.FORMAL, self.send), (ApplicationStage.CONSULTATION, self.consult),
            (ApplicationStage.OPINION, self.close), (ApplicationStage.DECISION, self.opine),
            (ApplicationStage.GRANTED, self.grant), (ApplicationStage.ENTERING, self.enter),
        ]  # fmt: skip
        for reached, step in way:
            if held.stage == stage:
                break
            step(held)
            held = RegisterApplication.objects.get(pk=held.pk)
            assert held.stage == reached
        return held

    def send(self, held: RegisterApplication) -> Any:
        return send_application(application=held, acting_user=acting(self.applicant))

    def consult(self, held: RegisterApplication) -> Any:
        return check_formally(application=held, complete=True, reason="", acting_user=acting(self.editor))

    def comment(self, held: RegisterApplication) -> ConsultationComment:
        return comment_on(application=held, name="Ewa Skryta", email="ewa@example.org", text="Za mało godzin.")

    def close(self, held: RegisterApplication) -> Any:
        end_consultation(held)
        return close_consultation(application=held, acting_user=acting(self.editor))

    def opine(self, held: RegisterApplication) -> Any:
        return note_opinion(
            application=held, author="Rada Turystyki", favours=True, text="Potrzebna.", acting_user=acting(self.editor)
        )

    def grant(self, held: RegisterApplication) -> Any:
        return decide_application(
            application=held, grant=True, reason="Spełnia warunki.", acting_user=acting(self.officer)
        )

    def enter(self, held: RegisterApplication) -> Any:
        return propose_entry(application=held, code="90501", acting_user=acting(self.editor))


def end_consultation(held: RegisterApplication) -> None:
    """As if the last day of the consultation was yesterday."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    RegisterApplication.objects.filter(pk=held.pk).update(consultation_until=yesterday)
    held.refresh_from_db()
