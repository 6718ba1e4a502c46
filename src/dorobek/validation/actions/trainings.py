"""Trainings led by the body's people, from a table: tried first, written when somebody says so."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Account, Institution, Person
from dorobek.validation import perms
from dorobek.validation.actions.awaited import await_trainings, digest_of
from dorobek.validation.actions.openings import note_training
from dorobek.validation.enums import ApplicationState
from dorobek.validation.models import Application, AwaitedTraining, LedTraining, StaffRecord

MOST_ROWS = 5_000
COLUMNS = ("prowadzacy", "uczestnik", "szkolenie", "zakonczono")


@dataclass(frozen=True)
class Line:
    """A row of the table: what it would write, or `problem` in words. `known`: it is held already.

    `awaited`: digest of the address of a participant who has not applied yet; "" for one who has.
    """

    number: int
    trainer: Account | None
    person: Person | None
    title: str
    ended_on: dt.date | None
    problem: str = ""
    known: bool = False
    awaited: str = ""


@transaction.atomic
def import_trainings(
    *, institution: Institution, text: str, acting_user: ActingUser, dry_run: bool = True
) -> Sequence[Line]:
    """Columns prowadzacy; uczestnik (e-mails); szkolenie; zakonczono (2026-05-31). Good rows are written unless `dry_run`.

    A participant is found among those who applied to this body. Of others a digest of the address is kept, and the row
    becomes theirs when they apply. The same table read again writes no row twice. Raises NotAllowed, RuleBroken (no such columns, too many rows).
    """
    acting_user.require(perms.may_open(acting_user.account, institution))
    rows = _rows(text)
    trainers = {
        one.account.email.lower(): one.account
        for one in StaffRecord.objects.filter(institution=institution).select_related("account")
    }
    people = _candidates(institution)
    held = set(
        LedTraining.objects.filter(trainer__in=trainers.values()).values_list(
            "trainer_id", "person_id", "title", "ended_on"
        )
    )
    awaited = set(
        AwaitedTraining.objects.filter(trainer__in=trainers.values()).values_list(
            "trainer_id", "participant", "title", "ended_on"
        )
    )
    lines = [_line(number, row, trainers, people, held | awaited) for number, row in enumerate(rows, 2)]
    if not dry_run:
        _write(institution, [one for one in lines if not (one.problem or one.known)], acting_user)
    return lines


def _write(institution: Institution, lines: Sequence[Line], acting_user: ActingUser) -> None:
    """Rows of those who applied, and of those who are awaited; of the latter the history gets the number alone."""
    awaited = []
    for one in lines:
        assert one.trainer is not None
        assert one.ended_on is not None
        if one.person is not None:
            note_training(
                institution=institution, trainer=one.trainer, person=one.person, title=one.title,
                ended_on=one.ended_on, acting_user=acting_user,
            )  # fmt: skip
        else:
            values = {"trainer": one.trainer, "title": one.title, "ended_on": one.ended_on}
            awaited.append(AwaitedTraining(participant=one.awaited, **values))
    if new := await_trainings(awaited):
        acting_user.record("validation.trainings-awaited", stream=institution.uid, subject=institution.uid, rows=new)


def candidates_of(institution: Institution) -> list[Person]:
    """People who sent an application to this body. One statement."""
    sent = Application.objects.filter(opening__institution=institution).exclude(state=ApplicationState.DRAFT)
    rows = Person.objects.filter(pk__in=sent.values("person"))
    return list(rows.select_related("account").order_by("sort_key", "pk"))


def _candidates(institution: Institution) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for one in candidates_of(institution):
        for address in (one.email, one.account.email if one.account else ""):
            if address:
                found[address.lower()] = one
    return found


def _rows(text: str) -> list[dict[str, str]]:
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=delimiter)
    names = [one.strip().lower() for one in table.fieldnames or []]
    if missing := [one for one in COLUMNS if one not in names]:
        raise RuleBroken(_("W pierwszym wierszu brakuje kolumn: %s.") % ", ".join(missing), "file")
    table.fieldnames = names
    rows: list[dict[str, str]] = []
    for row in table:
        if len(rows) >= MOST_ROWS:
            raise RuleBroken(_("Najwyżej %d wierszy naraz. Proszę podzielić plik.") % MOST_ROWS, "file")
        rows.append({name: str(row.get(name) or "").strip() for name in COLUMNS})
    return rows


def _line(
    number: int, row: dict[str, str], trainers: dict[str, Account], people: dict[str, Person],
    held: set[tuple[int, int | str, str, dt.date]],
) -> Line:  # fmt: skip
    trainer, person = trainers.get(row["prowadzacy"].lower()), people.get(row["uczestnik"].lower())
    title, day, problem = row["szkolenie"], _day(row["zakonczono"]), ""
    if trainer is None:
        problem = _("Nie ma takiej osoby wśród asesorów i doradców: %s.") % (row["prowadzacy"] or "-")
    elif not title or len(title) > LedTraining._meta.get_field("title").max_length:  # type: ignore[operator]
        problem = _("Proszę podać nazwę szkolenia, najwyżej 200 znaków.")
    elif day is None or day > timezone.localdate():
        problem = _("Proszę podać dzień zakończenia, nie z przyszłości, tak: 2026-05-31.")
    elif person is None and "@" not in row["uczestnik"].strip("@"):
        problem = _("Proszę podać adres e-mail uczestnika, na przykład jan@example.org, a jest: %s.") % (
            row["uczestnik"] or "-"
        )
    awaited = "" if person else digest_of(row["uczestnik"])
    known = bool(trainer and day and (trainer.pk, person.pk if person else awaited, title, day) in held)
    return Line(number, trainer, person, title, day, problem, known, "" if problem else awaited)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
