"""Which qualifications of the register a person's credentials add up to, and what is still missing (MC-7, PF-5)."""

import datetime as dt
import json
import re
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, F, TextField, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from dorobek.credentials.adding_up import Claim, Sum, WantedSet, add_up
from dorobek.credentials.addresses import origin
from dorobek.credentials.design import Design
from dorobek.credentials.enums import Standing
from dorobek.credentials.models import Credential
from dorobek.credentials.queries.wallet import held_standing, last_day, own_credentials, own_standing
from dorobek.people.models import Account
from dorobek.portfolio.models import HeldCredential
from dorobek.register.models import Qualification
from dorobek.vc.reading import read

_OUTCOME = re.compile(r"([A-Za-z0-9]+)-(\d{1,3})-(\d{1,3})")
MOST = 200  # claims of one document that are read


@dataclass(frozen=True)
class AddsUp:
    """A qualification and how much of it is covered."""

    qualification: Qualification
    title: str
    sum: Sum


@dataclass(frozen=True)
class Certified:
    """An outcome of the register that a valid credential of ours says the person has."""

    credential: Credential
    outcome: str
    text: str


def adding_up_of(user: Account, language: str = "pl") -> list[AddsUp]:
    """For the account's own wallet: what is valid today counts, nothing else. Four statements, whatever is in it."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for claim in _claims(user, language):
        claims[claim.code].append(claim)
    found = Qualification.objects.filter(code__in=claims).exclude(current=None).select_related("current")
    rows = [_row(one, claims[one.code], language) for one in found.order_by("sort_key")]
    return sorted(rows, key=lambda one: one.sum.outcomes_covered, reverse=True)


def certified_outcomes(user: Account, person_id: int) -> list[Certified]:
    """Outcomes with a code of the register in credentials issued here to this person, as far as the user may see
    them and they are valid today. One statement."""
    rows = Credential.objects.visible_to(user).filter(person=person_id).exclude(document="").defer("document")
    valid = [one for one in rows.select_related("template_version") if own_standing(one) is Standing.VALID]
    return [
        Certified(one, line.code, line.pl)
        for one in valid
        for line in one.template_version.design.outcomes
        if _OUTCOME.fullmatch(line.code)
    ]


@dataclass(frozen=True)
class Able:
    """One thing that a credential of another issuer says its holder can do; `url` names it, "" where nothing does."""

    pl: str
    en: str = ""
    url: str = ""


@dataclass(frozen=True)
class InWallet:
    """One credential of a person. `design` and `template` for those issued here, `claims` and `able` for those of others;
    `institution` is the key of the issuing one (None: not of this installation).

    `standing`: VALID, or why it no longer counts; `ended_on`: the day after which it does not, where it is over."""

    uid: uuid.UUID
    title: str
    issuer: str
    awarded_on: dt.date | None
    institution: int | None = None
    template: uuid.UUID | None = None
    design: Design | None = None
    claims: tuple[Claim, ...] = ()
    able: tuple[Able, ...] = ()
    standing: Standing = Standing.VALID
    ended_on: dt.date | None = None


def in_wallet(person_id: int) -> list[InWallet]:
    """Everything valid today in the person's wallet, oldest first. One statement."""
    return [one for one in whole_wallet(person_id) if one.standing is Standing.VALID]


def whole_wallet(person_id: int) -> list[InWallet]:
    """Everything in the person's wallet, what no longer counts too, oldest first. One statement.

    Whoever shows it to others leaves the titles out that `visible_to` would hide: the wallet is its owner's.
    """
    names = (
        "uid", "kind", "name", "by", "awarded_on", "valid_until", "standing", "text", "said", "template", "institution",
    )  # fmt: skip
    own = Credential.objects.filter(person=person_id).exclude(document="").annotate(
        kind=Value("own"), name=Value(""), by=F("issuer__name_pl"), standing=F("state"),
        text=Cast("template_version__data", TextField()), said=Value(""), template=F("template_version__template__uid"),
        institution=F("issuer__institution"),
    )  # fmt: skip
    brought = HeldCredential.objects.filter(person=person_id).annotate(
        kind=Value("held"), name=F("title"), by=F("issuer_name"), standing=F("decided"), text=F("document"),
        said=Cast("words", TextField()),
        template=Value(None, UUIDField()), institution=Value(None, BigIntegerField()),
    )  # fmt: skip
    rows = own.values_list(*names).union(brought.values_list(*names), all=True)
    found = [_in_wallet(dict(zip(names, row, strict=True))) for row in rows]
    return sorted((one for one in found if one is not None), key=lambda one: one.uid)


# how the columns of both tables say that it no longer counts
_STANDINGS = {
    "valid": Standing.VALID, "suspended": Standing.SUSPENDED, "revoked": Standing.REVOKED, "not valid": Standing.INVALID,
}  # fmt: skip


def _in_wallet(row: dict[str, Any]) -> InWallet | None:
    """None for one that was replaced, and for one of others that says nothing of what its holder can do."""
    if row["standing"] == "replaced":
        return None
    standing = _STANDINGS.get(row["standing"], Standing.UNSURE)
    over = row["valid_until"] is not None and row["valid_until"] <= timezone.now()
    common = {
        "uid": row["uid"], "issuer": row["by"], "awarded_on": row["awarded_on"],
        "standing": Standing.EXPIRED if over and standing is Standing.VALID else standing,
        "ended_on": last_day(row["valid_until"]) if over else None,
    }  # fmt: skip
    if row["kind"] == "own":
        design = Design.from_data(json.loads(row["text"]))
        return InWallet(
            title=design.title_pl, design=design, template=row["template"], institution=row["institution"], **common
        )
    claims, able = tuple(_of_text(row["name"], row["text"])), tuple(_able(row["said"]))
    return InWallet(title=row["name"], claims=claims, able=able, **common) if claims or able else None


def _able(said: str) -> Iterator[Able]:
    """What the words kept with a credential say that its holder can do."""
    told = json.loads(said or "{}")
    lines = [(told.get(language) or {}).get("able", []) for language in ("pl", "en")]
    for number, line in enumerate(lines[0][:MOST]):
        english = lines[1][number]["text"] if number < len(lines[1]) else ""
        yield Able(str(line.get("text", "")), str(english), str(line.get("url", "")))


def claims_of(one: Credential | HeldCredential, language: str = "pl") -> list[Claim]:
    """What one credential counts towards, valid or not. No statement for a held one, or one read with its version."""
    return list(_of_design(one, language) if isinstance(one, Credential) else _of_document(one))


def able_of(one: Credential | HeldCredential) -> tuple[str, ...]:
    """What it says that its holder can do, each by itself, in Polish where the issuer has it."""
    if isinstance(one, Credential):
        return tuple(line.pl for line in one.template_version.design.outcomes if line.pl)
    told = (one.words.get("pl") or {}) if isinstance(one.words, dict) else {}
    return tuple(str(line.get("text", "")) for line in told.get("able", ()) if line.get("text"))[:MOST]


def _row(qualification: Qualification, claims: list[Claim], language: str) -> AddsUp:
    assert qualification.current is not None
    entry, english = qualification.current.entry, language == "en"
    sets = [
        WantedSet(
            group.number,
            (group.en if english else "") or group.pl,
            tuple(
                (f"{entry.code}-{group.number}-{one.number}", (one.en if english else "") or one.pl)
                for one in group.outcomes
            ),
        )
        for group in entry.sets
    ]
    return AddsUp(qualification, qualification.title(language), add_up(sets, claims))


def _claims(user: Account, language: str) -> Iterator[Claim]:
    for own in own_credentials(user).defer("document"):
        if own_standing(own) is Standing.VALID:
            yield from _of_design(own, language)
    for held in HeldCredential.objects.visible_to(user):
        if held_standing(held) is Standing.VALID:
            yield from _of_document(held)


def _of_design(own: Credential, language: str) -> Iterator[Claim]:
    design = own.template_version.design
    name = design.title(language)
    for towards in design.counts_towards:
        yield Claim(name, towards.code, towards.set_number)
    for line in design.outcomes:
        yield from _outcome(name, line.code)


def _of_document(held: HeldCredential) -> Iterator[Claim]:
    return _of_text(held.title, held.document)


def _of_text(title: str, text: str) -> Iterator[Claim]:
    """Addresses of this register among what it stacks into, and codes of its outcomes where it names this register."""
    document = read(text).document or {}
    about = document.get("credentialSubject")
    about = about[0] if isinstance(about, list) and about else about
    achievement = about.get("achievement") if isinstance(about, dict) else None
    if not isinstance(achievement, dict):
        return
    ours = f"{origin()}/rejestr/"
    for address in _listed(achievement.get("stacksInto")):
        if isinstance(address, str) and address.startswith(ours):
            yield Claim(title, address.removeprefix(ours).strip("/"))
    for one in _listed(achievement.get("alignment")):
        if isinstance(one, dict) and str(one.get("targetUrl", "")).startswith(ours):
            yield from _outcome(title, str(one.get("targetCode", "")))


def _listed(value: Any) -> list[Any]:
    return value[:MOST] if isinstance(value, list) else [value] if value is not None else []


def _outcome(name: str, code: str) -> Iterator[Claim]:
    found = _OUTCOME.fullmatch(code)
    if found:
        yield Claim(name, found[1], int(found[2]), code)
