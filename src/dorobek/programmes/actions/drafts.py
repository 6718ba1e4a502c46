"""The next version of a programme while it is written: part by part, by several people, published when it is whole.

A draft is a version without a day of publication; a programme has at most one. It may say what a whole programme
may not (a list still empty, a limit below another); publishing asks for everything. Audits never see a draft.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import edits
from dorobek.kernel.errors import Conflict, RuleBroken
from dorobek.kernel.merging import MISSING
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.people.perms import administers
from dorobek.programmes.actions.publishing import next_number, read_rules
from dorobek.programmes.drafting.spots import class_of, faults_of, shape_at
from dorobek.programmes.drafting.tree import Place, changed, find, index_of, key_of, moved, replaced, with_fields
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.schema import FieldError, SchemaError, load_rules, shipped_rules_json


class PartFaults(RuleBroken):
    """Fields of one part that cannot be saved; `errors` names each by its field."""

    def __init__(self, errors: list[FieldError]) -> None:
        super().__init__("; ".join(str(error) for error in errors))
        self.errors = errors


def draft_of(programme: Programme) -> ProgrammeVersion | None:
    """The version being written, if there is one."""
    return programme.versions.filter(published_at=None).first()


def newest(programme: Programme) -> ProgrammeVersion | None:
    """The version published last, if there is one."""
    return programme.versions.exclude(published_at=None).order_by("-number").first()


def base_of(programme: Programme) -> int:
    """The base version that a form of the draft begins from, also when nobody has begun a draft yet."""
    draft = draft_of(programme)
    return draft.version if draft else _first_version(newest(programme))


def _first_version(published: ProgrammeVersion | None) -> int:
    """A new draft goes on counting, so that a form of the draft before it is known to be old."""
    last = published.programme.versions.order_by("-version").first() if published else None
    return last.version + 1 if last else 1


def _open(programme: Programme, acting_user: ActingUser) -> ProgrammeVersion:
    """The draft, locked; a copy of the published rules when nobody has begun one."""
    acting_user.require(administers(acting_user.account, programme.institution))
    programme = programme.locked()
    draft = draft_of(programme)
    if draft is None:
        published = newest(programme)
        assert published is not None  # a programme without a version has a draft
        draft = ProgrammeVersion.objects.create(
            programme=programme,
            number=next_number(programme),
            rules=published.rules,
            version=_first_version(published),
        )
    return draft.locked()


@transaction.atomic
def start_programme(
    *, institution: Institution, code: str, name_pl: str, name_en: str, like: str, acting_user: ActingUser
) -> Programme:
    """A new programme, closed for people, with a draft that begins as one of the shipped programmes."""
    acting_user.require(administers(acting_user.account, institution))
    if institution.programmes.filter(code=code).exists():
        raise RuleBroken(_("Program o takim kodzie już jest. Proszę podać inny kod."), "code")
    rules = shipped_rules_json(like)
    rules["identity"] |= {"code": code, "name": {"pl": name_pl, "en": name_en}}
    rules["identity"].pop("logo", None)
    faults = faults_of(class_of(_shape(rules, ("identity",)), rules["identity"]), rules["identity"])
    if faults:
        raise RuleBroken(faults[0].message, faults[0].path if faults[0].path == "code" else None)
    programme = Programme.objects.create(institution=institution, code=code, name=name_pl, open=False)
    draft = ProgrammeVersion.objects.create(programme=programme, number=1, rules=rules)
    acting_user.record("programme.draft-saved", stream=programme.uid, subject=draft.uid, begun_from=like)
    return programme


def _shape(rules: Any, place: Place) -> Any:
    kind = shape_at(rules, place)
    if kind is None:
        raise RuleBroken(_("Program nie ma takiej części."))
    return kind


def _gone() -> RuleBroken:
    return RuleBroken(_("Ktoś usunął to w międzyczasie. Tekst został w polach; zapisanie doda tę pozycję na nowo."))


@transaction.atomic
def edit_part(
    *,
    programme: Programme,
    place: Place,
    values: Mapping[str, Any],
    base_version: int | None,
    acting_user: ActingUser,
) -> ProgrammeVersion:
    """Set fields of one part of the draft: names go deeper with dots, None takes a field out.

    Fields that somebody else changed since `base_version` and this form did not are kept; for a field changed by
    both Conflict is raised, under the form's names. Raises NotAllowed, PartFaults, RuleBroken.
    """
    draft = _open(programme, acting_user)
    item = find(draft.rules, place)
    if item is MISSING or not isinstance(item, dict):
        raise _gone()
    shape = class_of(_shape(draft.rules, place), item)
    differing = changed(item, with_fields(item, values), place)
    sent = {name: _form_name(name, place) for name in differing}
    try:
        taken = draft.write({}, base_version=base_version, beside=differing)
    except Conflict as conflict:
        raise _renamed(conflict, sent) from conflict
    wanted = with_fields(item, {sent[name]: differing[name][1] for name in taken})
    _checked(shape, wanted)
    _unique(draft.rules, place, wanted)
    return _kept(draft, replaced(draft.rules, place, wanted), acting_user, place, taken)


def _form_name(name: str, place: Place) -> str:
    return name.removeprefix("/".join(place) + "/").replace("/", ".")


def _renamed(conflict: Conflict, names: Mapping[str, str]) -> Conflict:
    return Conflict(
        {names[name]: value for name, value in conflict.theirs.items()},
        {names[name]: value for name, value in conflict.yours.items()},
        conflict.version,
        at=conflict.at,
        author=conflict.author,
        kept={names[name]: value for name, value in conflict.kept.items()},
    )


def _checked(shape: Any, item: dict[str, Any]) -> None:
    faults = faults_of(shape, item)
    if faults:
        raise PartFaults(faults)


def _unique(rules: Any, place: Place, item: dict[str, Any], *, new: bool = False) -> None:
    """A list names each of its items once; a changed code must not be another's."""
    above = find(rules, place[:-1])
    if not isinstance(above, list):
        return
    taken = [key_of(one, number) for number, one in enumerate(above)]
    own = key_of(item, len(above) if new else index_of(above, place[-1]))
    if own in taken and (new or own != place[-1]):
        raise PartFaults([FieldError(_key_field(item), _("To już jest na liście. Proszę wybrać inne."))])


def _key_field(item: dict[str, Any]) -> str:
    return next((name for name in ("code", "kind", "area", "part") if name in item), "")


def _kept(
    draft: ProgrammeVersion, rules: Any, acting_user: ActingUser, place: Place, written: Mapping[str, Any]
) -> ProgrammeVersion:
    if written:
        draft.rules = rules
        draft.save(update_fields=["rules"])
        acting_user.record(
            "programme.draft-saved",
            stream=draft.programme.uid,
            subject=draft.uid,
            part="/".join(place),
            written=dict(written),
        )
    return draft


@transaction.atomic
def add_part(
    *, programme: Programme, place: Place, item: dict[str, Any], acting_user: ActingUser, replace: bool = False
) -> ProgrammeVersion:
    """Add an item to the list at `place`, or a part that was missing there. `replace` puts it over what is there.

    Raises NotAllowed, PartFaults, RuleBroken.
    """
    draft = _open(programme, acting_user)
    kind = _shape(draft.rules, place)
    _checked(class_of(kind, item), item)
    held = find(draft.rules, place)
    if kind.many:
        held = [] if held is MISSING else held
        if find(draft.rules, place) is MISSING:
            draft.rules = replaced(draft.rules, place, [])
        place = (*place, key_of(item, len(held)))
        _unique(draft.rules, place, item, new=True)
    elif held not in (MISSING, None) and not replace:
        raise RuleBroken(_("Ktoś dodał tę część w międzyczasie. Proszę ją otworzyć i zmienić."))
    return _restructured(draft, replaced(draft.rules, place, item), place, acting_user)


@transaction.atomic
def remove_part(*, programme: Programme, place: Place, base_version: int, acting_user: ActingUser) -> ProgrammeVersion:
    """Take an item or a part that may be missing out of the draft; not when somebody changed it meanwhile (Conflict)."""
    draft = _open(programme, acting_user)
    if find(draft.rules, place) in (MISSING, None):
        return draft
    kind = _shape(draft.rules, place)
    in_list = isinstance(find(draft.rules, place[:-1]), list)
    if not in_list and not kind.optional:
        raise RuleBroken(_("Tej części nie można usunąć: program musi ją mieć."))
    without = replaced(draft.rules, place, MISSING if in_list or len(place) > 1 else None)
    lost = {name: pair for name, pair in changed(draft.rules, without).items() if not name.endswith("/")}
    taken = draft.write({}, base_version=base_version, beside=lost)
    if taken.keys() != lost.keys():
        kept = {name: pair[0] for name, pair in lost.items() if name not in taken}
        raise edits.conflict(draft, kept, dict.fromkeys(kept))
    return _kept(draft, without, acting_user, place, taken or {"removed": ["/".join(place)]})


@transaction.atomic
def move_part(*, programme: Programme, place: Place, by: int, acting_user: ActingUser) -> ProgrammeVersion:
    """Put an item of a list one place earlier (-1) or later (1)."""
    draft = _open(programme, acting_user)
    if find(draft.rules, place) is MISSING or not isinstance(find(draft.rules, place[:-1]), list):
        raise RuleBroken(_("Ktoś usunął to w międzyczasie."))
    return _restructured(draft, moved(draft.rules, place, by), place, acting_user)


def _restructured(draft: ProgrammeVersion, rules: Any, place: Place, acting_user: ActingUser) -> ProgrammeVersion:
    taken = draft.write({}, base_version=None, beside=changed(draft.rules, rules))
    return _kept(draft, rules, acting_user, place, taken)


@transaction.atomic
def write_draft(
    *, programme: Programme, text: str, base_version: int | None, acting_user: ActingUser
) -> ProgrammeVersion:
    """The whole draft from a JSON text that passes every check. Raises NotAllowed, RuleBroken, Conflict (both whole)."""
    draft = _open(programme, acting_user)
    rules, data = read_rules(text)
    if rules.identity.code != draft.rules["identity"]["code"]:
        raise RuleBroken(_("identity.code: kodu programu nie zmienia się. Inny kod to inny program."), "text")
    if base_version is not None and base_version != draft.version and data != draft.rules:
        held = json.dumps(draft.rules, ensure_ascii=False, indent=2)
        raise edits.conflict(draft, {"text": held}, {"text": text})
    taken = draft.write({}, base_version=None, beside=changed(draft.rules, data))
    return _kept(draft, data, acting_user, (), taken)


def draft_faults(draft: ProgrammeVersion) -> tuple[FieldError, ...]:
    """What the draft still lacks before it can be published; the same check as of a file."""
    try:
        load_rules(draft.rules)
    except SchemaError as error:
        return error.errors
    return ()


def _unmoved(draft: ProgrammeVersion | None, base_version: int | None) -> ProgrammeVersion:
    if draft is None:
        raise RuleBroken(_("Nie ma szkicu: ktoś go opublikował albo porzucił w międzyczasie."))
    if base_version is not None and draft.version != base_version:
        raise RuleBroken(_("Ktoś zmienił szkic w międzyczasie. Proszę jeszcze raz obejrzeć różnice."))
    return draft


@transaction.atomic
def publish_draft(
    *, programme: Programme, base_version: int | None, over: int | None, acting_user: ActingUser, note: str = ""
) -> ProgrammeVersion:
    """Make the draft the programme's next version. Audits that run keep theirs.

    `over`: the number of the published version that the differences were shown against (0 when there was none).
    Raises NotAllowed, RuleBroken.
    """
    acting_user.require(administers(acting_user.account, programme.institution))
    programme = programme.locked()
    draft = _unmoved(draft_of(programme), base_version).locked()
    last = newest(programme)
    if over is not None and over != (last.number if last else 0):
        raise RuleBroken(_("W międzyczasie opublikowano inną wersję. Proszę jeszcze raz obejrzeć różnice."))
    faults = draft_faults(draft)
    if faults:
        raise RuleBroken("; ".join(str(fault) for fault in faults))
    values = {"published_at": timezone.now(), "published_by": acting_user.account, "note": note}
    draft.write(values, base_version=None)
    programme.write({"name": draft.rules["identity"]["name"]["pl"]}, base_version=None)
    acting_user.record(
        "programme.version-published", stream=programme.uid, subject=draft.uid, number=draft.number, note=note
    )
    return draft


@transaction.atomic
def discard_draft(*, programme: Programme, base_version: int | None, acting_user: ActingUser) -> None:
    """Give the draft up; its words stay in the history. A programme that was never published goes with it."""
    acting_user.require(administers(acting_user.account, programme.institution))
    programme = programme.locked()
    draft = _unmoved(draft_of(programme), base_version)
    acting_user.record("programme.draft-discarded", stream=programme.uid, subject=draft.uid, rules=draft.rules)
    edits.forget([draft.uid])
    draft.delete()
    if newest(programme) is None:
        programme.delete()
