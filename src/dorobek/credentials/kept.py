"""What a check found, as a wallet keeps it and tells it again later: words and report to plain data and back (MC-6)."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from typing import Any

from django.utils import timezone

from dorobek.credentials.verification import Verified
from dorobek.portfolio.actions.wallet import Checked
from dorobek.portfolio.models import HeldCredential
from dorobek.vc import jcs
from dorobek.vc.report import Check, Fault, Report
from dorobek.vc.schema import types_of
from dorobek.vc.words import Link, Told, Words, words

LANGUAGES = ("pl", "en")
MOST_FAULTS = 20  # of one check that are kept
_TIMES = ("awarded", "valid_from", "valid_until")


def is_credential(found: Verified) -> bool:
    """Whether there is something in it that a wallet can hold; how good it is, the checks tell."""
    if found.kind is None or not found.document:
        return False
    if found.kind in ("badge2", "badge2-jws", "address"):
        return True
    return "VerifiableCredential" in types_of(found.document) and "credentialSubject" in found.document


def checked_of(found: Verified, untitled: str) -> Checked:
    """As columns. `untitled` is what a credential without a name is called."""
    told = {language: words_data(words(found.document, language)) for language in LANGUAGES}
    shown = found.words
    return Checked(
        document=found.text,
        digest=digest_of(found),
        title=_clean(shown.title)[:250] or untitled,
        issuer_name=_clean(shown.issuer)[:250],
        awarded_on=timezone.localdate(shown.awarded) if shown.awarded else None,
        valid_until=shown.valid_until,
        words=told,
        decided=found.report.decided,
        report=report_data(found.report),
        checked_at=found.at,
    )


def digest_of(found: Verified) -> str:
    """The same for one document however it came: indented or not, in a picture or in a file."""
    text = jcs.canonical(found.document) if found.text.startswith("{") else found.text.encode()
    return hashlib.sha256(text).hexdigest()


def kept_check(held: HeldCredential, language: str) -> Verified:
    """The check as it was at `held.checked_at`, to be shown in the words of today."""
    told = held.words.get(language) or held.words.get("pl") or {}
    report = report_of(held.report)
    return Verified("credential", "text", held.document, report, words_of(told), held.checked_at)


def report_data(report: Report) -> list[dict[str, Any]]:
    """[{"name", "outcome", "detail", "matters", "faults": [{"code", "path", "message"}]}], the shape of the column."""
    made = (asdict(replace(one, faults=one.faults[:MOST_FAULTS])) for one in report.checks)
    return [_plain(one) for one in made]


def report_of(data: Sequence[Mapping[str, Any]]) -> Report:
    return Report(
        tuple(
            Check(
                one["name"], one["outcome"], tuple(Fault(**fault) for fault in one["faults"]), one["detail"],
                one.get("matters", True),
            )
            for one in data
        )
    )  # fmt: skip


def words_data(shown: Words) -> dict[str, Any]:
    """As JSON; read back by `words_of`."""
    found: dict[str, Any] = _plain(asdict(shown))
    return found


def words_of(data: Mapping[str, Any]) -> Words:
    """Lenient about what an older edition did not keep."""
    values: dict[str, Any] = {one.name: data[one.name] for one in fields(Words) if one.name in data}
    for name in _TIMES:
        values[name] = dt.datetime.fromisoformat(values[name]) if values.get(name) else None
    values["able"] = tuple(Told(**one) for one in values.get("able", ()))
    values["evidence"] = tuple(Link(**one) for one in values.get("evidence", ()))
    for name in ("checked", "stacks_into", "tags"):
        values[name] = tuple(values.get(name, ()))
    return Words(**values)


def _plain(value: Any) -> Any:
    """JSON that every database can hold."""
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return _clean(value) if isinstance(value, str) else value


def _clean(text: str) -> str:
    """Without what no database column of text can hold; somebody else's document may say anything."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
