"""Forms of the two interviews, the same for the adviser's page and the participant's (SA-7, SA-8)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dorobek.audits.enums import EventKind
from dorobek.audits.models import LifeEvent
from dorobek.audits.rules.interviews import ANSWER_LIMIT, NOTE_LIMIT, QUESTION_LIMIT, TITLE_LIMIT, TOLD
from dorobek.kernel.ids import uuid7
from dorobek.kernel.partial_dates import PartialDate
from dorobek.portfolio.models import Evidence
from dorobek.programmes.enums import InterviewArea
from dorobek.programmes.schema import Rules
from dorobek.web.forms import DorobekForm, LongText, ManyChoices, PartialDateField, ShortText

KINDS_OF_AREA: dict[str, tuple[EventKind, ...]] = {
    InterviewArea.EDUCATION: (EventKind.SCHOOL, EventKind.COURSE, EventKind.OTHER),
    InterviewArea.WORK: (EventKind.JOB, EventKind.OTHER),
    InterviewArea.PERSONAL: (
        EventKind.ACTIVITY, EventKind.CARE, EventKind.FAMILY, EventKind.INTEREST, EventKind.OTHER,
    ),
}  # fmt: skip
EVENT_FIELDS = ("title", "starts", "ends", "ongoing")
SAID = {"class": "in--said"}


def said(**kwargs: Any) -> LongText:
    """Running text in the person's own words: set in serif."""
    rows = kwargs.pop("rows", 6)
    widget = forms.Textarea(attrs={"rows": rows, **SAID})
    return LongText(max_length=ANSWER_LIMIT, required=kwargs.pop("required", False), widget=widget, **kwargs)


def starts_field() -> PartialDateField:
    return PartialDateField(
        label=gettext_lazy("Od kiedy"),
        required=False,
        allow_future=False,
        help_text=gettext_lazy("tak dokładnie, jak się da, np. wiosna 2013"),
    )


def ends_field() -> PartialDateField:
    return PartialDateField(
        label=gettext_lazy("Do kiedy"),
        required=False,
        help_text=gettext_lazy("puste, jeśli trwa nadal"),
    )


class AnswerForm(DorobekForm):
    """The answer in the participant's words, and an event for the time line where one came up."""

    answer = said(label=gettext_lazy("Odpowiedź, słowami tej osoby"))
    kind = forms.ChoiceField(label=gettext_lazy("Co to było"), required=False)
    title = ShortText(label=gettext_lazy("Krótka nazwa"), required=False)
    starts = starts_field()
    ends = ends_field()
    ongoing = forms.BooleanField(label=gettext_lazy("Trwa nadal"), required=False)
    existing = forms.ChoiceField(
        label=gettext_lazy("Albo wydarzenie, które już jest na osi"), required=False, choices=[("", "—")]
    )

    def __init__(self, *args: Any, area: str, events: Iterable[LifeEvent] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kind_choices(area)  # type: ignore[attr-defined]
        self.fields["existing"].choices = event_choices(events)  # type: ignore[attr-defined]

    def events(self) -> list[dict[str, Any]]:
        """What `answer_question` takes: the event described, and the one chosen."""
        given = self.cleaned_data
        found: list[dict[str, Any]] = []
        if given["title"] or given["starts"] or given["ends"]:
            found.append({"kind": given["kind"] or EventKind.OTHER, **{name: given[name] for name in EVENT_FIELDS}})
        if given["existing"]:
            found.append({"uid": given["existing"]})
        return found


class OwnAnswerForm(DorobekForm):
    """A participant corrects what was written down from the talk."""

    answer = said(label=gettext_lazy("Odpowiedź"), rows=8)


class QuestionForm(DorobekForm):
    """A question that is not in the bank."""

    question = LongText(label=gettext_lazy("Pytanie"), rows=2, max_length=QUESTION_LIMIT)


class PersonalForm(DorobekForm):
    """The notice is understood; how much to talk about."""

    notice_read = forms.BooleanField(
        label=gettext_lazy("Informacja jest przeczytana i zrozumiała"),
        required=False,
    )
    detail = forms.ChoiceField(label=gettext_lazy("Jak dokładnie o tym rozmawiamy?"), widget=forms.RadioSelect)
    note = ShortText(
        label=gettext_lazy("Czego nie poruszamy"),
        help_text=gettext_lazy("Na przykład: bez szczegółów o zdrowiu."),
        required=False,
        max_length=NOTE_LIMIT,
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], acknowledged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["detail"].choices = list(choices)  # type: ignore[attr-defined]
        if acknowledged:
            del self.fields["notice_read"]


class EventForm(DorobekForm):
    """An event of the line. The kind is chosen when it is new."""

    kind = forms.ChoiceField(label=gettext_lazy("Co to było"))
    title = ShortText(label=gettext_lazy("Krótka nazwa"))
    organisation = ShortText(label=gettext_lazy("Gdzie: firma, szkoła, organizacja"), required=False)
    starts = starts_field()
    ends = ends_field()
    ongoing = forms.BooleanField(label=gettext_lazy("Trwa nadal"), required=False)
    duties = said(label=gettext_lazy("Co się tam robiło"), rows=3)
    note = LongText(label=gettext_lazy("Uwagi"), required=False, rows=2)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kinds:
            self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        else:
            del self.fields["kind"]

    def values(self) -> dict[str, Any]:
        """What the page asked for; a field that it did not show stays as it is stored."""
        names = ("title", "organisation", "starts", "ends", "ongoing", "duties", "note")
        return {name: self.cleaned_data[name] for name in names if name == "ongoing" or name in self.data}


class EvidenceChoices(ManyChoices):
    """Pieces of evidence by uid; a version taken over from somebody else arrives as one text with commas."""

    def to_python(self, value: Any) -> list[str]:
        return [piece for item in super().to_python(value) for piece in item.replace(" ", "").split(",") if piece]


class EpisodeForm(DorobekForm):
    """A whole story on one page, for the adviser."""

    title = ShortText(label=gettext_lazy("Tytuł"), max_length=TITLE_LIMIT)
    part = forms.ChoiceField(label=gettext_lazy("Część rozmowy"))
    life_event = forms.ChoiceField(label=gettext_lazy("Wydarzenie na osi życia"), required=False)
    situation = said(label=gettext_lazy("Sytuacja"), rows=4)
    task = said(label=gettext_lazy("Zadanie"), rows=3)
    action = said(label=gettext_lazy("Działanie"), rows=5)
    result = said(label=gettext_lazy("Wynik"), rows=3)
    useful = said(label=gettext_lazy("Co się przydało"), rows=3)
    documentable = said(label=gettext_lazy("Jak można to pokazać"), rows=3)
    evidence = EvidenceChoices(label=gettext_lazy("Dowody, które już są"), required=False)
    evidence_missing = said(label=gettext_lazy("Czego jeszcze brakuje"), rows=2)

    def __init__(
        self,
        *args: Any,
        rules: Rules,
        events: Iterable[LifeEvent] = (),
        evidence: Iterable[Evidence] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "pl"
        parts = rules.behavioural.parts if rules.behavioural else ()
        self.fields["part"].choices = [(str(p.part), p.name.text(language)) for p in parts]  # type: ignore[attr-defined]
        self.fields["life_event"].choices = event_choices(events)  # type: ignore[attr-defined]
        pieces = [(str(piece.uid), piece.title) for piece in evidence]
        self.fields["evidence"].choices = pieces  # type: ignore[attr-defined]
        if not pieces:
            del self.fields["evidence"]
        for name, words in star_hints(rules, language).items():
            self.fields[name].help_text = words


class StoryForm(DorobekForm):
    """The beginning of a story: what to call it, and when it was."""

    uid = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)  # sent twice, it is one story
    title = ShortText(
        label=gettext_lazy("Krótki tytuł"),
        help_text=gettext_lazy("Kilka słów, po których wiadomo, o co chodzi."),
        max_length=TITLE_LIMIT,
    )
    life_event = forms.ChoiceField(
        label=gettext_lazy("Z którym wydarzeniem to się wiąże?"), required=False, choices=[("", "—")]
    )

    def __init__(self, *args: Any, events: Iterable[LifeEvent] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["life_event"].choices = event_choices(events)  # type: ignore[attr-defined]


class StepForm(DorobekForm):
    """One step of a story; its field is named after the column, so that two versions can be told apart."""

    def __init__(self, *args: Any, names: Sequence[str], labels: Sequence[Any], **kwargs: Any) -> None:
        self.base_fields = {  # type: ignore[misc]
            **{name: said(label=label, rows=6) for name, label in zip(names, labels, strict=True)},
            **self.base_fields,
        }
        self.names = tuple(names)
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}


def kind_choices(area: str) -> list[tuple[str, Any]]:
    """Kinds of events that belong to an area, the usual one first."""
    return [(str(kind.value), kind.label) for kind in KINDS_OF_AREA.get(area, (EventKind.OTHER,))]


def event_choices(events: Iterable[LifeEvent]) -> list[tuple[str, str]]:
    """Events to tie something to: title and when."""
    return [("", _("(żadne)")), *((str(event.uid), event_label(event)) for event in events)]


def event_label(event: LifeEvent) -> str:
    """„kasjerka, od 2003": enough to know which one is meant."""
    when = event.starts_said or event.starts
    return f"{event.title}, {when}" if when else event.title


def star_hints(rules: Rules, language: str) -> dict[str, str]:
    """The programme's prompt for each step of a story."""
    if rules.behavioural is None:
        return {}
    star = rules.behavioural.star
    return {
        "situation": star.situation.text(language),
        "task": star.task.text(language),
        "action": star.action.text(language),
        "result": star.result.text(language),
        "useful": star.competences.text(language),
        "documentable": star.evidence.text(language),
    }


def event_initial(event: LifeEvent) -> dict[str, Any]:
    """Stored values as a form shows them: dates in the words they were said in."""
    return {
        **{name: getattr(event, name) for name in ("title", "organisation", "ongoing", "duties", "note", "kind")},
        "starts": spoken(event.starts, event.starts_said),
        "ends": spoken(event.ends, event.ends_said),
    }


def spoken(edtf: str, words: str) -> str:
    """A date as it was said, or in words."""
    if words or not edtf:
        return words
    return PartialDate.from_edtf(edtf).display("pl")


def episode_texts(row: Any) -> dict[str, Any]:
    """Texts of an episode by field."""
    return {name: getattr(row, name) for name in ("title", *TOLD)}
