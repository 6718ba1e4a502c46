"""Entries of the history as a person reads them: who, when, on whose behalf, what, before and after."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from dorobek.audits import models as audits
from dorobek.instruments.models import ExternalResult
from dorobek.kernel.models import HistoryEntry
from dorobek.people.enums import Role, Scope
from dorobek.people.models import Account, Consent, Institution, Person, PersonalQuerySet, Unit
from dorobek.plans import models as plans
from dorobek.portfolio.models import Competence, Evidence, EvidenceRating
from dorobek.programmes.enums import DocumentKind
from dorobek.register.models import LearningOutcome
from dorobek.web import typography
from dorobek.web.history_words import validation
from dorobek.web.history_words.fields import FIELDS, UNTOLD
from dorobek.web.history_words.sentences import sentence
from dorobek.web.templatetags.dorobek import edtf

# The table whose row a kind of change is about, by the first word of the kind.
ABOUT: dict[str, type[models.Model]] = {
    "case": audits.SkillsAudit,
    "variant": audits.SkillsAudit,
    "stage": audits.SkillsAudit,
    "lateness": audits.SkillsAudit,
    "registration": audits.Registration,
    "person": Person,
    "consent": Consent,
    "agreement": audits.Agreement,
    "meeting": audits.Meeting,
    "homework": audits.Meeting,
    "contact": audits.Contact,
    "consultation": audits.Consultation,
    "referral": audits.Referral,
    "life-event": audits.LifeEvent,
    "card-note": audits.CardNote,
    "interview": audits.InterviewAnswer,
    "episode": audits.Episode,
    "competence": Competence,
    "evidence": Evidence,
    "result": ExternalResult,
    "synthesis": audits.Synthesis,
    "direction": audits.BasicDirection,
    "plan": plans.DevelopmentPlan,
    "plan-answer": plans.ScenarioAnswer,
    "plan-source": plans.Source,
    "goal": plans.Goal,
    "target": plans.TargetLine,
    "scenario": plans.Scenario,
    "step": plans.ScenarioAction,
    "risk": plans.Risk,
    "document": audits.HandedDocument,
    "report-section": audits.ReportSection,
    "institution": Institution,
    "unit": Unit,
}
# Further tables whose columns stand in a payload of the kind.
BESIDE: dict[str, tuple[type[models.Model], ...]] = {
    "interview": (audits.BiographicalInterview,),
    "registration": (Person,),
    "evidence": (EvidenceRating,),
    "life-events": (audits.LifeEvent,),
}
REFERENCES: dict[str, type[models.Model]] = {
    "to": Account,
    "grantee": Account,
    "adviser": Account,
    "unit": Unit,
    "event": audits.LifeEvent,
    "outcome": LearningOutcome,
    "competences": Competence,
    "evidence": Evidence,
}
CHOICES: dict[str, Any] = {"scope": Scope, "role": Role}
LISTS = frozenset({"evidence", "competences", "versions", "sources", "scales", "entries"})
LIST_COLUMNS = frozenset({"learning_forms"})
NAMED_BY = ("wording", "title", "name", "tool", "question")
Ref = tuple[type[models.Model], str]


@dataclass(frozen=True)
class Change:
    """One thing that changed. `replaced`: there is a before and an after; otherwise only what was written."""

    label: str
    before: str
    after: str
    replaced: bool


@dataclass(frozen=True)
class Told:
    """One entry in words. `behalf`: the name of the person whose words an adviser typed."""

    seq: int
    at: dt.datetime
    sentence: str
    about: str
    who: str
    post: str
    behalf: str
    changes: tuple[Change, ...]
    erased: bool


def tell(entries: Sequence[HistoryEntry], *, reader: Account, person: Person | None = None) -> list[Told]:
    """The entries in words, in their order. One statement for each table that is referred to, not one for each row."""
    names = _Names(reader)
    for entry in entries:
        names.want(_references(entry))
    names.read()
    cases = validation.Cases.of(entries, reader)
    return [_told(entry, names, person, cases) for entry in entries]


class _Names:
    """Names of rows that entries refer to, as far as the reader may see them."""

    def __init__(self, reader: Account) -> None:
        self.reader = reader
        self.wanted: dict[type[models.Model], set[str]] = defaultdict(set)
        self.found: dict[Ref, str] = {}

    def want(self, references: Iterable[Ref]) -> None:
        for model, uid in references:
            self.wanted[model].add(uid)

    def read(self) -> None:
        for model, uids in self.wanted.items():
            rows: Any = model._default_manager.all()
            if isinstance(rows, PersonalQuerySet):
                rows = rows.visible_to(self.reader)
            for row in rows.filter(uid__in=uids):
                self.found[model, str(row.uid)] = name_of(row)

    def name(self, model: type[models.Model], uid: Any) -> str:
        return self.found.get((model, str(uid)), "")


def name_of(row: Any) -> str:
    """What a row is called in a sentence; "" for one that has no name of its own."""
    if isinstance(row, audits.Meeting):
        return f"{row.get_kind_display()}, {typography.short_day(timezone.localtime(row.starts_at))}"
    if isinstance(row, audits.HandedDocument):
        return _document(row.kind)
    if isinstance(row, LearningOutcome):
        return str(row)
    if isinstance(row, Person | Consent):
        return ""
    return next((str(text) for name in NAMED_BY if (text := getattr(row, name, ""))), "")


def _document(kind: str) -> str:
    return str(DocumentKind(kind).label) if kind in {str(one) for one in DocumentKind} else ""


def _data(entry: HistoryEntry) -> dict[str, Any]:
    """The payload, with what was written in one parcel laid out; {} when it was erased."""
    payload = getattr(entry, "payload", None)
    data = dict(payload.data) if payload is not None else {}
    parcel = data.pop("written", None)
    return {**data, **parcel} if isinstance(parcel, dict) else data


def _prefix(entry: HistoryEntry) -> str:
    return entry.kind.partition(".")[0]


def _column(prefix: str, name: str) -> Any:
    """The column of that name in the tables the kind is about; None when there is none."""
    about = ABOUT.get(prefix)
    for model in (*((about,) if about else ()), *BESIDE.get(prefix, ())):
        try:
            return model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
    return None


def _model(prefix: str, name: str) -> type[models.Model] | None:
    column = _column(prefix, name)
    if isinstance(column, models.ForeignKey):
        related: type[models.Model] = column.related_model
        return related
    return REFERENCES.get(name)


def _values(name: str, value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _references(entry: HistoryEntry) -> Iterator[Ref]:
    prefix = _prefix(entry)
    if entry.subject is not None and prefix in ABOUT:
        yield ABOUT[prefix], str(entry.subject)
    for name, value in _data(entry).items():
        model = _model(prefix, name)
        if model is None or name in UNTOLD or not hasattr(model, "uid"):
            continue
        for one in _values(name, value):
            if _is_uid(one):
                yield model, str(one)


def _is_uid(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(uuid.UUID(value))
    except ValueError:
        return False


def _told(entry: HistoryEntry, names: _Names, person: Person | None, cases: validation.Cases) -> Told:
    prefix, data = _prefix(entry), _data(entry)
    about = names.name(ABOUT[prefix], entry.subject) if prefix in ABOUT and entry.subject else ""
    if entry.kind.startswith("plan-") and isinstance(data.get("said"), str):
        about = about or data.pop("said")
    actor = entry.actor
    return Told(
        seq=entry.seq,
        at=entry.at,
        sentence=sentence(entry.kind),
        about=about,
        who=str(actor) if actor else "",
        post=actor.title if actor else "",
        behalf=_behalf(entry, person),
        changes=tuple(_of_validation(entry, data, cases) or _changes(prefix, data, names, about)),
        erased=getattr(entry, "payload", None) is None,
    )


def _of_validation(entry: HistoryEntry, data: Mapping[str, Any], cases: validation.Cases) -> list[Change]:
    """Steps of a validation are told with the words of their entry in the register."""
    told = validation.rows(entry, data, cases) or ()
    return [Change(label, before, after, bool(before)) for label, before, after in told if after or before]


def _behalf(entry: HistoryEntry, person: Person | None) -> str:
    if entry.on_behalf_of is None:
        return ""
    return person.name if person is not None and person.uid == entry.on_behalf_of else _("uczestnik")


def _changes(prefix: str, data: Mapping[str, Any], names: _Names, about: str) -> Iterator[Change]:
    for name, value in data.items():
        label = FIELDS.get(f"{prefix}.{name}") or FIELDS.get(name)
        if name in UNTOLD or label is None:
            continue
        replaced = _is_pair(name, value)
        before, after = value if replaced else ("", value)
        shown = [_words(prefix, name, one, names) for one in (before, after)]
        if shown[0] == shown[1] or (not replaced and shown[1] in ("", about)):
            continue
        yield Change(str(label), shown[0], shown[1], replaced and bool(shown[0]))


def _is_pair(name: str, value: Any) -> bool:
    """Is the value [before, after]? A column that holds lists is one only when both ends are lists."""
    if not isinstance(value, list) or len(value) != 2 or name in LISTS:
        return False
    return name not in LIST_COLUMNS or all(one is None or isinstance(one, list) for one in value)


def _words(prefix: str, name: str, value: Any, names: _Names) -> str:
    """A stored value as words; "" for nothing."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if isinstance(value, list):
        return ", ".join(text for one in value if (text := _words(prefix, name, one, names)))
    if isinstance(value, dict):
        return "; ".join(text for one in value.values() if (text := _words("", "", one, names)))
    model = _model(prefix, name)
    if model is not None and _is_uid(value):
        return names.name(model, value)
    return _plain_words(prefix, name, value)


def _plain_words(prefix: str, name: str, value: Any) -> str:
    column = _column(prefix, name)
    choices = dict(column.flatchoices) if column is not None and column.choices else {}
    if name in CHOICES:
        choices = dict(CHOICES[name].choices)
    if value in choices:
        return str(choices[value])
    if name == "document" or (prefix == "document" and name == "kind"):
        return _document(str(value))
    text = str(value)
    if name in ("starts", "ends", "made_on"):
        return edtf(text)
    return _moment(text) or ("" if _is_uid(text) else text)


def _moment(text: str) -> str:
    """A stored day or hour as people write it; "" for any other text."""
    if len(text) < 10 or not text[:4].isdigit():
        return ""
    try:
        moment = parse_datetime(text) if "T" in text else None
        day = parse_date(text) if len(text) == 10 else None
    except ValueError:
        return ""
    if moment is not None:
        local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
        return f"{typography.short_day(local)}, {typography.clock(local)}"
    return str(typography.short_day(day)) if day else ""
