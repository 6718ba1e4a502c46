"""A body's scenarios of observation: written, published in editions that never change, withdrawn (VA-4)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.people.models import Institution
from dorobek.register.models import Qualification
from dorobek.validation import perms
from dorobek.validation.models import ObservationScenario
from dorobek.validation.rules.building import sets_of
from dorobek.validation.rules.observing import LONGEST_CUE, MOST_CUES, Anchor, anchor_faults, anchors_of

TEXTS = ("title", "situation", "task", "client_role", "place", "equipment")
NEEDED = {
    "title": lambda: _("Proszę podać nazwę scenariusza."),
    "situation": lambda: _("Proszę opisać sytuację, od której scenka się zaczyna."),
    "task": lambda: _("Proszę napisać, co ma zrobić kandydat."),
    "client_role": lambda: _("Proszę napisać, kogo gra statysta i jak się zachowuje."),
    "place": lambda: _("Proszę podać, jakie miejsce jest potrzebne."),
}


@transaction.atomic
def begin_scenario(
    *, institution: Institution, qualification: Qualification, title: str, acting_user: ActingUser
) -> ObservationScenario:
    """A draft by the newest version of the entry. Raises NotAllowed, RuleBroken (no entry, no name)."""
    acting_user.require(perms.may_open(acting_user.account, institution))
    if not title.strip():
        raise RuleBroken(NEEDED["title"](), "title")
    if qualification.current is None:
        raise RuleBroken(_("Ta kwalifikacja nie ma wpisu w rejestrze."), "qualification")
    made = ObservationScenario.objects.create(
        institution=institution, qualification=qualification, entry_version=qualification.current, title=title.strip()
    )
    acting_user.record("validation.scenario-begun", stream=made.family, subject=made.uid, title=made.title)
    return made


@transaction.atomic
def write_scenario(
    *, scenario: ObservationScenario, texts: Mapping[str, str], minutes: int, anchors: Mapping[str, Anchor],
    acting_user: ActingUser, base_version: int | None = None,
) -> dict[str, list[Any]]:  # fmt: skip
    """The draft's texts (names of TEXTS) and anchors by criterion. Raises NotAllowed, RuleBroken, Conflict."""
    scenario = _draft(scenario, acting_user)
    if not 1 <= minutes <= 480:
        raise RuleBroken(_("Scenka trwa od 1 do 480 minut. Proszę poprawić liczbę."), "minutes")
    for code, fault in anchor_faults(anchors, _known(scenario)):
        if fault != "empty":
            raise RuleBroken(_anchor_words(fault, code), "anchors")
    given = {name: text.strip() for name, text in texts.items() if name in TEXTS}
    values = {**given, "minutes": minutes, "anchors": {code: anchors[code].plain for code in sorted(anchors)}}
    changes = scenario.write(values, base_version=base_version)
    if changes:
        acting_user.record("validation.scenario-written", stream=scenario.family, subject=scenario.uid, **changes)
    return changes


@transaction.atomic
def publish_scenario(*, scenario: ObservationScenario, acting_user: ActingUser) -> ObservationScenario:
    """From now on assessors may use it and it never changes; the edition before is withdrawn. Raises NotAllowed, RuleBroken."""
    scenario = _draft(scenario, acting_user)
    for name, words in NEEDED.items():
        if not getattr(scenario, name).strip():
            raise RuleBroken(words(), name)
    if not scenario.anchors:
        raise RuleBroken(_("Proszę opisać choć jedno kryterium: po czym widać, że jest spełnione."), "anchors")
    for code, fault in anchor_faults(anchors_of(scenario.anchors), _known(scenario)):
        raise RuleBroken(_anchor_words(fault, code), "anchors")
    now = timezone.now()
    editions = ObservationScenario.objects.filter(family=scenario.family, withdrawn_at=None).exclude(pk=scenario.pk)
    editions.update(withdrawn_at=now)
    changes = scenario.write({"published_at": now}, base_version=None)
    acting_user.record(
        "validation.scenario-published", stream=scenario.family, subject=scenario.uid, number=scenario.number, **changes
    )
    return scenario


@transaction.atomic
def next_edition(*, scenario: ObservationScenario, acting_user: ActingUser) -> ObservationScenario:
    """A draft with the same words, by the newest version of the entry; the one being written already, if there is one.

    Anchors of criteria that the newest entry does not have are left out. Raises NotAllowed, RuleBroken.
    """
    scenario = scenario.locked()
    acting_user.require(perms.may_open(acting_user.account, scenario.institution))
    editions = ObservationScenario.objects.filter(family=scenario.family)
    draft = editions.filter(published_at=None).first()
    if draft is not None:
        return draft
    version = scenario.qualification.current or scenario.entry_version
    known = {code for group in sets_of(version.entry) for code in group.criteria}
    number = editions.aggregate(last=Max("number"))["last"] + 1
    made = ObservationScenario.objects.create(
        institution=scenario.institution, qualification=scenario.qualification, entry_version=version,
        family=scenario.family, number=number, minutes=scenario.minutes,
        anchors={code: one for code, one in scenario.anchors.items() if code in known},
        **{name: getattr(scenario, name) for name in TEXTS},
    )  # fmt: skip
    acting_user.record("validation.scenario-begun", stream=made.family, subject=made.uid, number=number)
    return made


@transaction.atomic
def withdraw_scenario(*, scenario: ObservationScenario, acting_user: ActingUser) -> ObservationScenario:
    """Nobody begins an observation with it any more; what was seen with it stays. Raises NotAllowed, RuleBroken."""
    scenario = scenario.locked()
    acting_user.require(perms.may_open(acting_user.account, scenario.institution))
    if scenario.published_at is None or scenario.withdrawn_at is not None:
        raise RuleBroken(_("Wycofać można tylko scenariusz, który jest w użyciu."))
    changes = scenario.write({"withdrawn_at": timezone.now()}, base_version=None)
    acting_user.record("validation.scenario-withdrawn", stream=scenario.family, subject=scenario.uid, **changes)
    return scenario


def _draft(scenario: ObservationScenario, acting_user: ActingUser) -> ObservationScenario:
    scenario = scenario.locked()
    acting_user.require(perms.may_open(acting_user.account, scenario.institution))
    if scenario.published_at is not None:
        raise RuleBroken(_("Opublikowanego scenariusza się nie zmienia. Proszę zacząć nowe wydanie."))
    return scenario


def _known(scenario: ObservationScenario) -> set[str]:
    return {code for group in sets_of(scenario.entry_version.entry) for code in group.criteria}


def _anchor_words(fault: str, code: str) -> str:
    said = {
        "unknown": _("Wpis nie ma kryterium %(code)s."),
        "empty": _("Kryterium %(code)s: proszę napisać i to, po czym widać, że jest spełnione, i to, po czym widać, że nie."),
        "cues": _("Kryterium %(code)s: najwyżej %(most)d zachowań do zaznaczania jednym dotknięciem."),
        "long": _("Kryterium %(code)s: zachowanie do zaznaczania może mieć najwyżej %(long)d znaków."),
    }  # fmt: skip
    return said[fault] % {"code": code, "most": MOST_CUES, "long": LONGEST_CUE}
