"""What a mark may point to: a piece of evidence, a place in the test, a moment of the scene, a note, a record (VA-5).

    evidence:<uid>     a piece that the candidate put before the commission
    test:<uid>:<place> a question of the settled test of this round that asked about the criterion
    tap:<uid>          the assessor's own time mark of the criterion
    scene:<uid>        an ended observation whose scenario shows the criterion, for whoever made no mark
    note:<method>      the assessor's own note of the criterion
    record:<key>       a method on paper, a conversation kept by another member, a method that has no form here

Only what the assessor may see before their sheet is closed is offered: nobody's marks and notes but one's own. Reads only.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from dorobek.register.enums import ValidationMethod
from dorobek.validation import grounds
from dorobek.validation.models import Application, Assessment, KnowledgeTest, Mark, TimeMark
from dorobek.validation.models.crediting import gone, void

EVIDENCE = "evidence"


@dataclass(frozen=True)
class Pointer:
    """One thing that a mark may point to. `method`: the method it belongs to."""

    value: str
    method: str
    label: str

    @property
    def is_evidence(self) -> bool:
        return self.value.startswith(f"{EVIDENCE}:")

    def fits(self, method: str) -> bool:
        """Whether a mark by the method may rest on it: its own, or evidence where the method leaves no trace of its own."""
        return self.method == method or (self.is_evidence and method not in grounds.OWN_FORM)


Choices = Mapping[str, Sequence[Pointer]]


@dataclass(frozen=True)
class Shown:
    """What a round has shown so far to one assessor: what marks may point to, and outcomes whose test was not passed."""

    choices: Choices
    not_passed: dict[str, grounds.Failed]

    @classmethod
    def to(cls, assessment: Assessment, codes: Collection[str]) -> "Shown":
        """Nine statements, however many criteria."""
        return cls(choices(assessment, codes), grounds.failed(assessment.application, assessment.round))


def choices(assessment: Assessment, codes: Collection[str]) -> dict[str, list[Pointer]]:
    """Criterion -> what a mark of this sheet may point to, what lies nearest first. Seven statements."""
    found: dict[str, list[Pointer]] = defaultdict(list)
    for code, one in _all(assessment, set(codes)):
        found[code].append(one)
    return dict(found)


def _all(assessment: Assessment, codes: set[str]) -> Iterator[tuple[str, Pointer]]:
    application = assessment.application
    yield from _evidence(application, codes)
    test = grounds.settled_test(application, assessment.round)
    if test is not None:
        yield from _places(test, codes)
    yield from _scene(assessment, codes)
    for code, method in (
        assessment.notes.filter(criterion__in=codes).exclude(text="").values_list("criterion", "method")
    ):
        name = str(dict(ValidationMethod.choices).get(method, method))
        yield code, Pointer(f"note:{method}", method, _("%s: własna notatka") % name)
    for record in application.methods.filter(round=assessment.round).order_by("pk"):
        name = _("%(method)s, %(day)s") % {"method": record.get_method_display(), "day": record.used_on.isoformat()}
        for code in codes & set(record.criteria):
            if grounds.lasting(record, [code]):
                yield code, Pointer(f"record:{record.pk}", record.method, f"{name} ({record.get_how_display()})")


def _evidence(application: Application, codes: set[str]) -> Iterator[tuple[str, Pointer]]:
    """Beside the criterion first, then what stands beside others."""
    kept = (
        application.mapped.filter(evidence__removed_at=None).exclude(gone()).exclude(void()).select_related("evidence")
    )
    rows = [(one.criterion, one.evidence) for one in kept.order_by("criterion", "pk")]
    pieces = {piece.pk: piece for _code, piece in rows}
    for code in sorted(codes):
        here = dict.fromkeys(piece.pk for criterion, piece in rows if criterion == code)
        for key in [*here, *(one for one in pieces if one not in here)]:
            piece = pieces[key]
            label = piece.title if key in here else _("%s (przy innym kryterium)") % piece.title
            yield code, Pointer(f"{EVIDENCE}:{piece.uid}", grounds.ANALYSIS, label)


def _places(test: KnowledgeTest, codes: set[str]) -> Iterator[tuple[str, Pointer]]:
    for row in test.answers.select_related("item_version").order_by("place"):
        for code in codes & set(row.item_version.criteria):
            told = _("pytanie %(place)d testu") % {"place": row.place}
            yield code, Pointer(f"test:{test.uid}:{row.place}", grounds.TEST, told)


def _scene(assessment: Assessment, codes: set[str]) -> Iterator[tuple[str, Pointer]]:
    taps = TimeMark.objects.filter(assessment=assessment, criterion__in=codes, removed_at=None).order_by("at", "pk")
    for tap in taps:
        yield tap.criterion, Pointer(f"tap:{tap.uid}", grounds.OBSERVATION, _moment(tap))
    scenes = assessment.application.observations.filter(round=assessment.round, ended_at__isnull=False)
    for scene in scenes.select_related("scenario").order_by("pk"):
        told = _("scenka „%(title)s” o %(hour)s") % {
            "title": scene.scenario.title, "hour": f"{timezone.localtime(scene.begun_at):%H:%M}"
        }  # fmt: skip
        for code in codes & set(scene.scenario.anchors):
            yield code, Pointer(f"scene:{scene.uid}", grounds.OBSERVATION, told)


def _moment(tap: TimeMark) -> str:
    told = f"{timezone.localtime(tap.at):%H:%M}: {tap.words}"
    return _("%s (znacznik spoza czasu scenki)") % told if tap.moved else told


def chosen(found: Choices, criterion: str, method: str, pointer: str) -> Pointer | None:
    """What is pointed to, by default what lies nearest for the method; None when nothing of the kind is here."""
    fitting = [one for one in found.get(criterion, ()) if one.fits(method)]
    if pointer:
        return next((one for one in fitting if one.value == pointer), None)
    return next(iter(fitting), None)


WHAT_IS_MISSING = {
    grounds.TEST: lambda: _("Test z tego kryterium nie ma jeszcze ustalonego wyniku albo o nie nie pytał."),
    grounds.OBSERVATION: lambda: _("Tego kryterium nie ma w znacznikach ani w zakończonej scence."),
    grounds.CONVERSATION: lambda: _("Przy tym kryterium nie ma notatki z rozmowy."),
    grounds.ANALYSIS: lambda: _("Przy tym kryterium nie ma żadnego dowodu kandydata."),
}


def missing(method: str) -> str:
    """Why there is nothing to point to, and what to do."""
    told = WHAT_IS_MISSING.get(method, lambda: _("Nie zapisano, że tej metody użyto przy tym kryterium."))()
    return _("Ocena „spełnione” musi na coś wskazywać. %s Proszę to uzupełnić albo wybrać inną metodę.") % told


def in_words(mark: Mark, application: Application) -> str:
    """What a stored mark points to, for a protocol and for whoever may read the mark; "" for one without a pointer."""
    kind, _colon, rest = mark.pointer.partition(":")
    if kind == EVIDENCE or (not kind and mark.evidence is not None):
        return _("dowód: %s") % mark.evidence.title if mark.evidence is not None else ""
    if kind == "test":
        return _("pytanie %s testu") % rest.rpartition(":")[2]
    if kind == "tap":
        tap = TimeMark.objects.filter(uid=rest).first()
        return _moment(tap) if tap is not None else ""
    if kind == "scene":
        scene = application.observations.filter(uid=rest).select_related("scenario").first()
        return _("scenka „%s”") % scene.scenario.title if scene is not None else ""
    if kind == "note":
        return _("własna notatka z rozmowy") if rest == grounds.CONVERSATION else _("własna notatka")
    if kind == "record" and re.fullmatch(r"\d+", rest):
        record = application.methods.filter(pk=int(rest)).first()
        return str(record.get_how_display()) if record is not None else ""
    return ""
