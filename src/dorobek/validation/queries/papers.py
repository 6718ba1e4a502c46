"""Documents of a case, and a certificate looked up by whoever holds its paper."""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from dorobek.people.models import Account
from dorobek.validation.enums import PaperKind
from dorobek.validation.models import Application, Assessment, CaseDocument, Certificate

RELATED = ("opening__institution", "opening__qualification", "opening__entry_version", "person__account")


def find_case(user: Account, uid: uuid.UUID) -> Application | None:
    """The application, when the user may see it or a document of it: who judged an earlier round keeps its protocol.

    One statement.
    """
    visible = Application.objects.visible_to(user).filter(uid=uid)
    papers = CaseDocument.objects.visible_to(user).filter(application__uid=uid)
    either = Q(pk__in=visible.values("pk")) | Q(pk__in=papers.values("application"))
    found: Application | None = Application.objects.filter(either).select_related(*RELATED).first()
    return found


def judged_before(user: Account) -> QuerySet[Application]:
    """Cases of which the user judged an earlier round and has papers, the newest first. One statement."""
    own = CaseDocument.objects.visible_to(user).filter(application=OuterRef("pk"), kind=PaperKind.PROTOCOL)
    judged = Assessment.objects.counting().filter(
        application=OuterRef("pk"), assessor=user, round__lt=OuterRef("round")
    )
    rows = Application.objects.filter(Exists(judged), Exists(own)).exclude(person__account_id=user.pk)
    return rows.select_related("person", "opening__qualification", "opening__institution").order_by("-pk")


def papers_of(user: Account, application: Application) -> list[CaseDocument]:
    """Documents of the case that the user may open, in the order in which they arose. One statement."""
    visible = CaseDocument.objects.visible_to(user).filter(application=application)
    return list(visible.defer("content").select_related("pdf", "docx", "frozen_by", "member").order_by("pk"))


def find_paper(user: Account, uid: uuid.UUID) -> CaseDocument | None:
    """One document, when the user may open it. One statement."""
    related = ("pdf", "docx", "application__person__account", "application__opening__qualification")
    found: CaseDocument | None = CaseDocument.objects.visible_to(user).select_related(*related).filter(uid=uid).first()
    return found


@dataclass(frozen=True)
class Shown:
    """What a certificate's paper shows, and whether it is valid today. No more than the holder's paper says."""

    number: str
    holder: str  # empty when the person's data were erased
    qualification: str
    code: str
    level: int | None
    body: str
    issued_on: dt.date
    revoked_at: dt.datetime | None


def checked_certificate(number: str, code: str) -> Shown | None:
    """The certificate with this number, when the code of its paper comes with it. One statement.

    A number that does not exist and a code that does not belong to it are one answer.
    """
    related = ("application__person", "application__opening__institution", "application__opening__entry_version")
    held = Certificate.objects.select_related(*related).filter(number=plain_number(number)).first()
    given = plain_code(code).encode()
    if not secrets.compare_digest((held.code if held else "").encode(), given) or held is None:
        return None
    application = held.application
    entry = application.opening.entry_version.entry
    return Shown(
        held.number, application.person.name, entry.title_pl, entry.code, entry.level,
        application.opening.institution.name, held.issued_on, held.revoked_at,
    )  # fmt: skip


def plain_number(text: str) -> str:
    """A number as typed from paper: without spaces."""
    return "".join(text.split())[:40]


def plain_code(text: str) -> str:
    """A code as typed from paper: groups joined, in capital letters."""
    return "".join(one for one in text.upper() if one.isalnum())[:16]
