"""Observation in a simulation: begun with its roles, time marks by one tap, ended as a method that was used (VA-4)."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.kernel.errors import RuleBroken
from dorobek.people.acting import ActingUser
from dorobek.register.enums import ValidationMethod
from dorobek.validation import perms
from dorobek.validation.actions.applying import expect, record
from dorobek.validation.actions.methods import write_record
from dorobek.validation.actions.sheets import open_sheet
from dorobek.validation.enums import ApplicationState, MethodHow
from dorobek.validation.models import Application, Assessment, Observation, ObservationScenario, TimeMark
from dorobek.validation.queries.assessing import others_to_play, scenarios_for
from dorobek.validation.rules.observing import SLACK, moment, within

METHOD = str(ValidationMethod.SIMULATED_OBSERVATION)
MOST_TAPS = 500  # of one message


@dataclass(frozen=True)
class Tap:
    """One tap as a device tells it: `uid` made there, `at` by the device's clock."""

    uid: uuid.UUID
    criterion: str
    words: str
    at: dt.datetime


@transaction.atomic
def begin_observation(
    *, application: Application, scenario: ObservationScenario, place: str, equipment_ready: bool,
    acting_user: ActingUser, equipment_note: str = "", client_name: str = "", client: Application | None = None,
) -> Observation:  # fmt: skip
    """A member begins it. The client is an extra (`client_name`), or another candidate of this date (`client`).

    Raises NotAllowed, RuleBroken (foreign method or scenario, place or equipment not ready, nobody or two play the client).
    """
    application = application.locked()
    acting_user.require(perms.judges(acting_user.account, application))
    expect(application, ApplicationState.APPOINTED)
    rules = application.opening.rules
    if rules.method(METHOD) is None and rules.only_these_methods:
        raise RuleBroken(_("Wpis w rejestrze nie dopuszcza obserwacji w symulacji."), "scenario")
    if not scenarios_for(acting_user.account, application).filter(pk=scenario.pk).exists():
        raise RuleBroken(_("Tego scenariusza nie można tu użyć. Proszę wybrać jeden z listy."), "scenario")
    if not place.strip():
        raise RuleBroken(_("Proszę wpisać miejsce, na przykład numer sali."), "place")
    if not equipment_ready:
        raise RuleBroken(_("Zanim zacznie się scenka, trzeba przygotować miejsce i wyposażenie."), "equipment_ready")
    _client(application, client_name, client, acting_user)
    made = Observation.objects.create(
        application=application, round=application.round, scenario=scenario, place=place.strip(),
        equipment_ready=True, equipment_note=equipment_note.strip(), client_name=client_name.strip(), client=client,
        begun_by=acting_user.account,
    )  # fmt: skip
    if client is not None:
        record(acting_user, "validation.played-client", client, scenario=str(scenario.uid))
    record(
        acting_user, "validation.observation-begun", application, scenario=str(scenario.uid), place=made.place,
        by_candidate=client is not None,
    )  # fmt: skip
    return made


def _client(application: Application, name: str, client: Application | None, acting_user: ActingUser) -> None:
    if client is None and not name.strip():
        raise RuleBroken(_("Proszę napisać, kto gra klienta, albo wybrać innego kandydata."), "client_name")
    if client is not None and name.strip():
        raise RuleBroken(_("Klienta gra jedna osoba: statysta albo inny kandydat."), "client_name")
    if client is None:
        return
    if not application.opening.rules.extra_may_be_candidate:
        raise RuleBroken(_("Wpis nie pozwala, żeby klienta grał inny kandydat."), "client")
    if not others_to_play(acting_user.account, application).filter(pk=client.pk).exists():
        raise RuleBroken(_("Klienta może zagrać inny kandydat z tego samego terminu. Proszę wybrać z listy."), "client")


@transaction.atomic
def keep_taps(
    *, observation: Observation, taps: Sequence[Tap], sent_at: dt.datetime, acting_user: ActingUser
) -> list[uuid.UUID]:
    """Time marks of one's own sheet, as often as they are sent: a `uid` that is here already is left as it is.

    `sent_at`: the device's clock at sending, so that a wrong one does no harm. A moment before the scene or after its end
    is kept at its edge, and says so. Returns the uids that are now kept.
    Raises NotAllowed, RuleBroken (sheet closed, a criterion that the scenario has not, a foreign uid, too many).
    """
    sheet = open_sheet(_own_sheet(observation, acting_user), acting_user)
    if len(taps) > MOST_TAPS:
        raise RuleBroken(_("Za dużo znaczników naraz. Proszę wysłać je w mniejszych częściach."))
    now, held = timezone.now(), {}
    for one in TimeMark.objects.filter(uid__in=[tap.uid for tap in taps]):
        held[one.uid] = one
    added = 0
    for tap in {tap.uid: tap for tap in taps}.values():
        kept = held.get(tap.uid)
        if kept is not None and (kept.assessment_id, kept.observation_id) != (sheet.pk, observation.pk):
            raise RuleBroken(_("Ten znacznik należy do innej obserwacji."))
        if tap.criterion not in observation.scenario.anchors:
            raise RuleBroken(_("Ten scenariusz nie obejmuje kryterium %s.") % tap.criterion, "criterion")
        if not tap.words.strip():
            raise RuleBroken(_("Proszę napisać, co było widać."), "words")
        if kept is None:
            told = moment(tap.at, sent_at, now)
            at = within(told, observation.begun_at, observation.ended_at or now)
            TimeMark.objects.create(
                uid=tap.uid, observation=observation, assessment=sheet, criterion=tap.criterion,
                words=tap.words.strip(), at=at, received_at=now, moved=abs(at - told) > SLACK,
            )  # fmt: skip
            added += 1
    if added:
        record(acting_user, "validation.time-marked", sheet.application, count=added, sheet=str(sheet.uid))
    return [tap.uid for tap in taps]


@transaction.atomic
def remove_tap(*, mark: TimeMark, acting_user: ActingUser) -> None:
    """Take back one's own mark while the sheet is open; it stays removed if the device sends it again."""
    sheet = open_sheet(mark.assessment, acting_user)
    if mark.removed_at is None:
        mark.removed_at = timezone.now()
        mark.save(update_fields=["removed_at"])
        record(acting_user, "validation.time-mark-removed", sheet.application, sheet=str(sheet.uid))


@transaction.atomic
def end_observation(*, observation: Observation, acting_user: ActingUser) -> Observation:
    """The simulation is over; the method was used for the scenario's criteria. Raises NotAllowed, RuleBroken (over already)."""
    application = observation.application.locked()
    observation = observation.locked()
    acting_user.require(perms.judges(acting_user.account, application) and observation.round == application.round)
    expect(application, ApplicationState.APPOINTED)
    if observation.ended_at is not None:
        raise RuleBroken(_("Ta obserwacja jest już zakończona."))
    observation.write({"ended_at": timezone.now()}, base_version=None)
    write_record(application, METHOD, list(observation.scenario.anchors), MethodHow.OBSERVATION, acting_user)
    record(acting_user, "validation.observation-ended", application, observation=str(observation.uid))
    return observation


def _own_sheet(observation: Observation, acting_user: ActingUser) -> Assessment:
    own = Assessment.objects.filter(
        application=observation.application, round=observation.round, assessor=acting_user.account
    ).first()
    acting_user.require(own is not None)
    assert own is not None
    return own
