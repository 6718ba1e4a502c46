"""Bringing a programme in from a file, publishing it as a new version, opening it for people (SA-1)."""

import json

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel import history
from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.people.perms import administers
from dorobek.programmes.models import Programme, ProgrammeVersion
from dorobek.programmes.schema import Rules, SchemaError, load_rules

LONGEST = 2_000_000


def read_rules(text: str) -> tuple[Rules, dict[str, object]]:
    """The rules in a JSON text, and the JSON itself. Raises RuleBroken that lists every fault, never only the first."""
    if len(text) > LONGEST:
        raise RuleBroken(_("Plik jest za duży: reguły programu mieszczą się w 2 MB."), "text")
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise RuleBroken(_("To nie jest poprawny JSON: linia %(line)d, znak %(column)d.") % place, "text") from error
    if not isinstance(data, dict):
        raise RuleBroken(_("Plik powinien zawierać jeden obiekt z regułami programu."), "text")
    try:
        return load_rules(data), data
    except SchemaError as error:
        raise RuleBroken("; ".join(f"{fault.path}: {fault.message}" for fault in error.errors), "text") from error


@transaction.atomic
def import_programme(
    *, institution: Institution, text: str, acting_user: ActingUser | None, note: str = ""
) -> ProgrammeVersion:
    """Publish the rules in a JSON text as the programme's next version; a new programme when its code is new.

    Audits that run under an earlier version are not touched. An operator's command has no acting user.
    Raises NotAllowed, RuleBroken.
    """
    if acting_user is not None:
        acting_user.require(administers(acting_user.account, institution))
    rules, data = read_rules(text)
    programme = Programme.objects.get_or_create(
        institution=institution, code=rules.identity.code, defaults={"name": rules.identity.name.pl}
    )[0]
    programme = programme.locked()
    programme.write({"name": rules.identity.name.pl}, base_version=None)
    version = ProgrammeVersion.objects.create(
        programme=programme,
        number=next_number(programme),
        rules=data,
        published_at=timezone.now(),
        published_by=acting_user.account if acting_user else None,
        note=note,
    )
    history.record(
        stream=programme.uid,
        kind="programme.version-published",
        actor_id=acting_user.account.pk if acting_user else None,
        subject=version.uid,
        data={"number": version.number, "note": note},
    )
    return version


def next_number(programme: Programme) -> int:
    """The number of the next version; a draft that holds it moves up, so that what is published later is newer."""
    number = (programme.versions.exclude(published_at=None).aggregate(last=Max("number"))["last"] or 0) + 1
    programme.versions.filter(published_at=None).update(number=number + 1)
    return number


@transaction.atomic
def set_programme_open(*, programme: Programme, is_open: bool, acting_user: ActingUser) -> Programme:
    """Open or close a programme for new people; running audits go on."""
    acting_user.require(administers(acting_user.account, programme.institution))
    if is_open and not programme.versions.exclude(published_at=None).exists():
        raise RuleBroken(_("Ten program nie ma jeszcze opublikowanej wersji. Proszę ją najpierw opublikować."))
    programme = programme.locked()
    changes = programme.write({"open": is_open}, base_version=None)
    if changes:
        kind = "programme.opened" if is_open else "programme.closed"
        acting_user.record(kind, stream=programme.uid, subject=programme.uid, **changes)
    return programme
