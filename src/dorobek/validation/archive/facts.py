"""What the archive tells of a case, as plain data: nothing that could be read only with this program."""

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import QuerySet

from dorobek.kernel import history
from dorobek.kernel.models import HistoryEntry, HistoryHead
from dorobek.kernel.tables import plain
from dorobek.people.models import Account
from dorobek.portfolio.models import Evidence
from dorobek.validation.actions.assessing import contents
from dorobek.validation.documents import case_number
from dorobek.validation.models import AgreedMark, Application, CaseDocument, Certificate, Fee
from dorobek.validation.queries.crediting import checks_of_case

Data = dict[str, Any]


def decided_rounds(application: Application) -> set[int]:
    """Rounds whose marks may be read: before the decision nobody reads another's."""
    return set(application.decisions.values_list("round", flat=True))


def case_data(
    application: Application, evidence_files: dict[int, str], document_files: dict[int, dict[str, str]]
) -> Data:
    """The whole case. `evidence_files`: name in the archive by key; `document_files`: names by kind of file, by key."""
    opening, rounds = application.opening, decided_rounds(application)
    return {
        "case": {"uid": str(application.uid), "number": case_number(application), "state": application.state},
        "person": {"uid": str(application.person.uid), "name": application.person.name},
        "body": {"name": opening.institution.name, "address": opening.institution.address},
        "opening": fields(
            opening, "uid", "place", "begins_on", "ends_on", "applications_until", "own_rules", "appeal_days",
            "answer_days",
        ),
        "qualification": {
            "code": opening.qualification.code, "version": opening.entry_version.number,
            "digest": opening.entry_version.digest, "entry": opening.entry_version.data,
        },
        "application": fields(application, "round", "carried", "created_at", "adjustments")
        | {"wishes": application.wishes, "documented_by": who(application.documented_by),
           "appointed_by": who(application.appointed_by)},
        "mapped": list(_mapped(application, evidence_files)),
        "methods": [fields(one, "round", "method", "criteria", "used_on", "how", "led_by", "failed", "note")
                    | {"recorded_by": who(one.recorded_by), "file_sha256": one.file.sha256 if one.file else ""}
                    for one in application.methods.select_related("file").order_by("pk")],
        "declarations": list(_declarations(application)),
        "sheets": list(_sheets(application, rounds)),
        "agreed": [fields(one, "round", "criterion", "verdict", "reason", "dissent", "settled_at", "fallen_at")
                   | {"written_by": who(one.written_by), "answers": list(_answers(one))}
                   for one in application.agreed.filter(round__in=rounds).order_by("pk")],
        "decisions": [fields(one, "uid", "round", "carried", "criteria", "outcomes", "sets", "whole", "decided_at")
                      | {"decided_by": who(one.decided_by)} for one in application.decisions.order_by("round")],
        "appeals": [fields(one, "uid", "round", "step", "about", "reason", "filed_at", "due_on", "state", "answer", "answered_at")
                    | {"answered_by": who(one.answered_by)} for one in application.appeals.order_by("pk")],
        "refusals": [fields(one, "ground", "reason", "refused_at") | {"refused_by": who(one.refused_by)}
                     for one in application.refusals.order_by("pk")],
        "fee": _fee(application),
        "certificate": _certificate(application),
        "documents": [_document(one, document_files.get(one.pk, {})) for one in application.papers.order_by("pk")],
    }  # fmt: skip


def fields(row: Any, *names: str) -> Data:
    return {name: plain(getattr(row, name)) for name in names}


def who(account: Account | None) -> Data | None:
    """Somebody who acted, by the key that the history uses, and in words."""
    return {"account": account.pk, "name": str(account), "post": account.title} if account else None


def _mapped(application: Application, files: dict[int, str]) -> Iterator[Data]:
    checks = checks_of_case(application)
    for one in application.mapped.select_related("evidence").order_by("criterion", "pk"):
        piece: Evidence = one.evidence
        told = fields(piece, "uid", "kind", "title", "description", "url", "made_on")
        made = [
            fields(each, "moment", "standing", "report", "checked_at") for each in reversed(checks.get(piece.pk, ()))
        ]
        row = {"criterion": one.criterion, "evidence": told, "file": files.get(piece.pk)}
        yield {**row, "checked_by_machine": made} if made else row


def _declarations(application: Application) -> Iterator[Data]:
    for one in application.declarations.select_related("member__record__account").order_by("pk"):
        said = fields(one, "trained", "relative", "subordinate", "declared_at")
        yield {"member": who(one.member.record.account), **said}


def _answers(agreed: AgreedMark) -> Iterator[Data]:
    for one in agreed.answers.select_related("assessor").order_by("pk"):
        yield fields(one, "confirms", "reason", "answered_at") | {"member": who(one.assessor)}


def _sheets(application: Application, rounds: Collection[int]) -> Iterator[Data]:
    """`marks` exactly as the digest in the history covers them: [criterion, verdict, reason, method, pointer]."""
    for one in application.assessments.filter(round__in=rounds).select_related("assessor").order_by("pk"):
        shown = {
            mark.criterion: plain(mark.evidence) for mark in one.marks.exclude(evidence=None).select_related("evidence")
        }
        yield {
            "uid": str(one.uid), "round": one.round, "assessor": str(one.assessor), "account": one.assessor_id,
            "closed_at": plain(one.closed_at), "salt": one.salt, "marks": contents(one), "evidence": shown,
            "voided_at": plain(one.voided_at), "void_reason": one.void_reason,
        }  # fmt: skip


def _fee(application: Application) -> Data | None:
    """What was to pay, by whose terms, what was asked and answered."""
    held = Fee.objects.filter(application=application).first()
    names = ("grosze", "state", "waits", "due_on", "settled_on", "document", "reason", "asked", "granted", "answer")
    return fields(held, *names) | {"answered_by": who(held.answered_by)} if held is not None else None


def _certificate(application: Application) -> Data | None:
    held = Certificate.objects.filter(application=application).first()
    if held is None:
        return None
    told = fields(held, "uid", "number", "issued_on", "revoked_at", "revocation_reason")
    given = [str(one.credential.uid) for one in held.credentials.select_related("credential")]
    return {**told, "issued_by": who(held.issued_by), "revoked_by": who(held.revoked_by), "credentials": given}


def _document(document: CaseDocument, files: dict[str, str]) -> Data:
    told = fields(
        document, "uid", "kind", "title", "round", "reference", "content_sha256", "pdf_sha256", "docx_sha256",
        "frozen_at",
    )  # fmt: skip
    return {**told, "frozen_by": who(document.frozen_by), "files": files}


def history_data(application: Application) -> Data:
    """The person's chain and that of the opening; payloads only of entries about this case."""
    opening = application.opening
    own = {application.uid, *application.papers.values_list("uid", flat=True)}
    held = application.assessments.values_list("assessor", flat=True)
    sat = {one.uid for one in opening.commissions.filter(members__record__account__in=held)}
    streams = [_chain(application.person.uid, own), _chain(opening.uid, {opening.uid, *sat})]
    return {"streams": streams, "people": _people(streams)}


def _chain(stream: uuid.UUID, about: set[uuid.UUID]) -> Data:
    entries = HistoryEntry.objects.filter(stream=stream).select_related("payload").order_by("seq")
    head = HistoryHead.objects.filter(stream=stream).first()
    return {
        "stream": str(stream),
        "head": {"seq": head.seq, "hash": head.hash} if head else {"seq": 0, "hash": ""},
        "entries": list(_entries(entries, about)),
    }


def _entries(entries: QuerySet[HistoryEntry], about: set[uuid.UUID]) -> Iterator[Data]:
    names = ("seq", "at", "actor", "on_behalf_of", "kind", "subject", "digest", "previous")
    for entry in entries.iterator(chunk_size=1000):
        _stream, *values = history.promised(entry)
        payload = getattr(entry, "payload", None) if entry.subject in about else None
        kept = {"salt": payload.salt, "data": payload.data} if payload else {}
        yield {**dict(zip(names, values, strict=True)), "hash": entry.hash, **kept}


def _people(streams: list[Data]) -> Data:
    """Names of staff who acted, by the key in the entries; the candidate is named in the case."""
    keys = {entry["actor"] for chain in streams for entry in chain["entries"] if entry.get("data") is not None}
    found = Account.objects.filter(pk__in=[key for key in keys if key])
    return {str(one.pk): str(one) for one in found}
