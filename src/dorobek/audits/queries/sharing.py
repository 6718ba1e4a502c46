"""What may be shared of a case, what a share shows, and who looked (PF-4, SA-19)."""

import uuid
from dataclasses import dataclass, field, replace

from django.db.models import Count, F, Max, QuerySet
from django.utils import timezone

from dorobek.audits.models import HandedDocument, ReferralSlip, Registration, SkillsAudit
from dorobek.credentials.models import Credential
from dorobek.kernel.models import StoredFile
from dorobek.people.models import Account, Institution, Person
from dorobek.portfolio.enums import CONFIRMED_STATES
from dorobek.portfolio.models import Competence, Evidence, HeldCredential, Share

COMPETENCE, EVIDENCE, DOCUMENT, CREDENTIAL = "competence", "evidence", "document", "credential"
KINDS = (COMPETENCE, EVIDENCE, DOCUMENT, CREDENTIAL)


@dataclass(frozen=True)
class Shareable:
    """One thing that can be shown: its kind and uid, what it is called, what stands beside it, its file."""

    kind: str
    uid: uuid.UUID
    title: str
    state: str = ""
    note: str = ""
    url: str = ""
    file: StoredFile | None = None
    text: str = ""  # of a credential: what is verified


@dataclass(frozen=True)
class Contents:
    """What a share shows now: things withdrawn or removed since are not among them."""

    competences: list[Shareable]
    evidence: list[Shareable]
    documents: list[Shareable]
    credentials: list[Shareable] = field(default_factory=list)

    @property
    def whole(self) -> list[Shareable]:
        return [*self.competences, *self.evidence, *self.documents, *self.credentials]

    def file(self, thing: uuid.UUID) -> StoredFile | None:
        """The file of one of the things; None when it is not shared or has none."""
        return next((one.file for one in self.whole if one.uid == thing), None)


def shareable(case_uid: uuid.UUID) -> Contents:
    """Everything of a case that its owner may show: confirmed competences, evidence, accepted documents.

    Three statements. Called by doors and actions that have checked who asks.
    """
    return _contents(case_uid, None)


def contents(share: Share) -> Contents:
    """What a share shows now. Four statements, two more for credentials."""
    kinds = dict(share.items.values_list("object_uid", "kind"))
    found = _contents(share.case_uid, set(kinds))
    shown = {uid for uid, kind in kinds.items() if kind == CREDENTIAL}
    return replace(found, credentials=credentials_of(share.person, shown)) if shown else found


def credentials_of(person: Person, chosen: set[uuid.UUID] | None = None) -> list[Shareable]:
    """Credentials in a wallet, newest first. Two statements. Called by doors and actions that have checked who asks."""
    issued = Credential.objects.filter(person=person).exclude(document="")
    held = HeldCredential.objects.filter(person=person).exclude(document="")
    if chosen is not None:
        issued, held = issued.filter(uid__in=chosen), held.filter(uid__in=chosen)
    rows = [
        (one.created_at, Shareable(CREDENTIAL, one.uid, one.template_version.design.title_pl, text=one.document))
        for one in issued.select_related("template_version")
    ] + [(one.created_at, Shareable(CREDENTIAL, one.uid, one.title, text=one.document)) for one in held]
    return [thing for _since, thing in sorted(rows, key=lambda row: row[0], reverse=True)]


def _contents(case_uid: uuid.UUID, chosen: set[uuid.UUID] | None) -> Contents:
    competences = Competence.objects.filter(case_uid=case_uid, state__in=CONFIRMED_STATES)
    evidence = Evidence.objects.filter(case_uid=case_uid, removed_at=None).select_related("file")
    documents = HandedDocument.objects.filter(case_uid=case_uid, accepted_at__isnull=False).select_related("pdf")
    if chosen is not None:
        competences, evidence = competences.filter(uid__in=chosen), evidence.filter(uid__in=chosen)
        documents = documents.filter(uid__in=chosen)
    return Contents(
        [Shareable(COMPETENCE, one.uid, one.wording, state=one.state) for one in competences],
        [Shareable(EVIDENCE, one.uid, one.title, note=one.description, url=one.url, file=one.file) for one in evidence],
        [
            Shareable(
                DOCUMENT, one.uid, f"{one.get_kind_display()} ({one.language})", note=str(one.number), file=one.pdf
            )
            for one in documents
        ],
    )


def shares_of(user: Account, audit: SkillsAudit) -> QuerySet[Share]:
    """Shares of a case for whoever may see the case: newest first, with how many things and when somebody looked."""
    if not SkillsAudit.objects.visible_to(user).filter(pk=audit.pk).exists():
        return Share.objects.none()
    shares = Share.objects.filter(case_uid=audit.uid).select_related("institution")
    return shares.annotate(
        things=Count("items", distinct=True), looks=Count("views", distinct=True), last_look=Max("views__at")
    ).order_by("-created_at")


def wallet_shares_of(user: Account) -> QuerySet[Share]:
    """Shares of the account's own wallet, newest first, with how many things and when somebody looked."""
    shares = Share.objects.filter(person__account_id=user.pk, case_uid=F("person__uid")).select_related("person")
    return shares.annotate(
        things=Count("items", distinct=True), looks=Count("views", distinct=True), last_look=Max("views__at")
    ).order_by("-created_at")


def shared_with(institutions: list[Institution]) -> QuerySet[Share]:
    """Open shares addressed to these institutions: all that an employer ever sees of anybody (SA-19)."""
    shares = Share.objects.filter(institution__in=institutions, revoked_at=None, valid_until__gt=timezone.now())
    return shares.select_related("person", "institution").annotate(things=Count("items")).order_by("-created_at")


def employer_who_referred(audit: SkillsAudit) -> Institution | None:
    """The employer whose slip the person showed when registering. One statement."""
    registration = Registration.objects.select_related("referred_by").filter(audit=audit).first()
    return registration.referred_by if registration else None


def slips_of(institutions: list[Institution]) -> QuerySet[ReferralSlip]:
    """An employer's slips, newest first. One statement."""
    return ReferralSlip.objects.filter(institution__in=institutions).select_related("institution")
