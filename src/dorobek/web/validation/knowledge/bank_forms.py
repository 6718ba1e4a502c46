"""Forms of the bank: a question of each form as plain lines of text, a blueprint by criteria, a file to read in."""

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dorobek.validation.rules.testing.drawing import Row
from dorobek.validation.rules.testing.questions import MOST_POINTS, Choice, Form, Question, parse_number
from dorobek.web.forms import DorobekForm, LongText, ManyChoices, ShortText

DIFFICULTY = [
    (1, gettext_lazy("1, bardzo łatwe")),
    (2, gettext_lazy("2, łatwe")),
    (3, gettext_lazy("3, średnie")),
    (4, gettext_lazy("4, trudne")),
    (5, gettext_lazy("5, bardzo trudne")),
]
PARTS = re.compile(r"^\s*([1-5])\s*:\s*(\d{1,3})\s*$")


class NumberText(ShortText):
    """A number as typed in Poland: 12,5."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        number = parse_number(text)
        if number is None:
            raise ValidationError(_("Proszę wpisać liczbę, na przykład 12,5."))
        return number


class ItemForm(DorobekForm):
    """What every question has; the rest depends on its form."""

    criterion = forms.ChoiceField(label=gettext_lazy("Kryterium, które sprawdza"))
    also = ManyChoices(
        label=gettext_lazy("Sprawdza też"), required=False,
        help_text=gettext_lazy("Ta sama odpowiedź liczy się wtedy i przy tych kryteriach. Losuje się je według pierwszego."),
    )  # fmt: skip
    difficulty = forms.TypedChoiceField(label=gettext_lazy("Trudność"), choices=DIFFICULTY, coerce=int)
    points = forms.IntegerField(label=gettext_lazy("Punkty"), min_value=1, max_value=MOST_POINTS)
    prompt = LongText(label=gettext_lazy("Treść pytania"), max_length=4000, rows=3)

    def __init__(self, *args: Any, criteria: Mapping[str, str], form: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = form
        listed = [(code, f"{code} {text}"[:120]) for code, text in criteria.items()]
        for name in ("criterion", "also"):
            self.fields[name].choices = listed  # type: ignore[attr-defined]

    def question(self, before: Question | None = None) -> Question:
        """The question as typed; choices whose words stay keep their keys."""
        data = self.cleaned_data
        common = {"form": self.kind, "prompt": data["prompt"].strip(), "points": data["points"]}
        return Question(**common, **self.answers(before))

    @abstractmethod
    def answers(self, before: Question | None) -> dict[str, Any]:
        """The fields of a `Question` that this form of question has of its own."""


class ChoiceItemForm(ItemForm):
    """One or several right choices: a line each, the right ones with a star."""

    choices = LongText(
        label=gettext_lazy("Odpowiedzi"), rows=6,
        help_text=gettext_lazy("Każda w osobnym wierszu. Przed dobrą proszę postawić gwiazdkę: * Faktura"),
    )  # fmt: skip

    def answers(self, before: Question | None) -> dict[str, Any]:
        lines = _lines(self.cleaned_data["choices"])
        choices = _keyed([line.lstrip("* ").strip() for line in lines], before.choices if before else ())
        right = [one.key for one, line in zip(choices, lines, strict=True) if line.startswith("*")]
        return {"choices": choices, "right": tuple(right)}


class OrderingItemForm(ItemForm):
    choices = LongText(
        label=gettext_lazy("Rzeczy do ułożenia"), rows=6,
        help_text=gettext_lazy("Każda w osobnym wierszu, w dobrej kolejności. Kandydat zobaczy je pomieszane."),
    )  # fmt: skip

    def answers(self, before: Question | None) -> dict[str, Any]:
        return {"choices": _keyed(_lines(self.cleaned_data["choices"]), before.choices if before else ())}


class MatchingItemForm(ItemForm):
    choices = LongText(
        label=gettext_lazy("Pary"), rows=6,
        help_text=gettext_lazy("Każda para w osobnym wierszu, ze znakiem równości: VAT = 25. dzień miesiąca"),
    )  # fmt: skip
    targets = LongText(
        label=gettext_lazy("Możliwości, które do niczego nie pasują"), rows=3, required=False,
        help_text=gettext_lazy("Każda w osobnym wierszu."),
    )  # fmt: skip

    def clean_choices(self) -> str:
        text: str = self.cleaned_data["choices"]
        for number, line in enumerate(_lines(text), 1):
            left, equals, right = line.partition("=")
            if not (left.strip() and equals and right.strip()):
                raise ValidationError(_("Wiersz %d: potrzebne są dwie rzeczy i znak równości między nimi.") % number)
        return text

    def answers(self, before: Question | None) -> dict[str, Any]:
        pairs = [tuple(part.strip() for part in line.split("=", 1)) for line in _lines(self.cleaned_data["choices"])]
        spare = _lines(self.cleaned_data["targets"])
        choices = _keyed([left for left, _right in pairs], before.choices if before else ())
        words = list(dict.fromkeys([*(right for _left, right in pairs), *spare]))
        targets = _keyed(words, before.targets if before else (), "t")
        key = {one.text: one.key for one in targets}
        joined = tuple((one.key, key[right]) for one, (_left, right) in zip(choices, pairs, strict=True))
        return {"choices": choices, "targets": targets, "pairs": joined}


class ShortItemForm(ItemForm):
    accepted = LongText(
        label=gettext_lazy("Odpowiedzi, które uznajemy"), rows=4,
        help_text=gettext_lazy("Każda w osobnym wierszu. Wielkość liter i polskie znaki nie mają znaczenia."),
    )  # fmt: skip

    def answers(self, before: Question | None) -> dict[str, Any]:
        return {"accepted": tuple(_lines(self.cleaned_data["accepted"]))}


class NumberItemForm(ItemForm):
    value = NumberText(label=gettext_lazy("Dobra odpowiedź"), max_length=30)
    tolerance = NumberText(
        label=gettext_lazy("O ile wolno się pomylić"), max_length=30, required=False,
        help_text=gettext_lazy("W górę i w dół. Puste: wcale."),
    )  # fmt: skip
    unit = ShortText(label=gettext_lazy("Jednostka"), max_length=20, required=False)

    def answers(self, before: Question | None) -> dict[str, Any]:
        data = self.cleaned_data
        return {"value": data["value"], "tolerance": data["tolerance"] or parse_number("0"), "unit": data["unit"]}


class OpenItemForm(ItemForm):
    guide = LongText(
        label=gettext_lazy("Wskazówka dla oceniających"), rows=4,
        help_text=gettext_lazy("Za co są punkty. Kandydat tego nie zobaczy."),
    )  # fmt: skip

    def answers(self, before: Question | None) -> dict[str, Any]:
        return {"guide": self.cleaned_data["guide"].strip()}


FORMS: dict[Form, type[ItemForm]] = {
    Form.SINGLE: ChoiceItemForm,
    Form.MULTIPLE: ChoiceItemForm,
    Form.ORDERING: OrderingItemForm,
    Form.MATCHING: MatchingItemForm,
    Form.SHORT: ShortItemForm,
    Form.NUMBER: NumberItemForm,
    Form.OPEN: OpenItemForm,
}


def initial_of(one: Question) -> dict[str, Any]:
    """A question as its form shows it."""
    text = {choice.key: choice.text for choice in (*one.choices, *one.targets)}
    lines = [f"{'* ' if choice.key in one.right else ''}{choice.text}" for choice in one.choices]
    if one.form is Form.MATCHING:
        lines = [f"{text[left]} = {text[right]}" for left, right in one.pairs]
    used = {right for _left, right in one.pairs}
    return {
        "points": one.points, "prompt": one.prompt, "choices": "\n".join(lines),
        "targets": "\n".join(choice.text for choice in one.targets if choice.key not in used),
        "accepted": "\n".join(one.accepted), "unit": one.unit, "guide": one.guide,
        "value": "" if one.value is None else str(one.value).replace(".", ","),
        "tolerance": str(one.tolerance).replace(".", ",") if one.tolerance else "",
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _keyed(texts: Sequence[str], before: Sequence[Choice], letter: str = "c") -> tuple[Choice, ...]:
    """Choices with keys: the key a text had before, a fresh one otherwise."""
    held: dict[str, str] = {one.text: one.key for one in before}
    taken, found = set(held.values()), []
    fresh = (key for key in (f"{letter}{number}" for number in range(1, 1000)) if key not in taken)
    for text in texts:
        found.append(Choice(held.pop(text, "") or next(fresh), text))
    return tuple(found)


class BlueprintForm(DorobekForm):
    """Points by outcome and criterion. In a place: 4, or by difficulty: 2:1, 5:3 (difficulty: points)."""

    title = ShortText(label=gettext_lazy("Nazwa testu"), max_length=200)
    minutes = forms.IntegerField(label=gettext_lazy("Czas w minutach"), min_value=1, max_value=600)
    pass_percent = forms.IntegerField(
        label=gettext_lazy("Próg zaliczenia każdego efektu (procent punktów)"), min_value=1, max_value=100
    )
    all_on_one = forms.BooleanField(label=gettext_lazy("Wszystkie pytania na jednej stronie"), required=False)

    def __init__(self, *args: Any, texts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {code: _name(code) for code in texts}
        self.outcomes = [code for code in texts if code.count(".") == 1]
        for code, text in texts.items():
            points = ShortText(label=f"{code} {text}"[:200], required=False, max_length=40)
            points.widget.attrs |= {"class": "in", "data-narrow": "", "autocomplete": "off"}
            self.fields[_name(code)] = points
            if code in self.outcomes:
                label = _("%s: inny próg (procent)") % code
                mark = forms.IntegerField(label=label, required=False, min_value=1, max_value=100)
                mark.widget.attrs |= {"class": "in", "data-narrow": ""}
                self.fields[_name(code, "pass")] = mark

    def table(self) -> list[tuple[str, Any, Any]]:
        """(code, field of points, field of the pass mark or None) in the order of the entry."""
        return [
            (code, self[name], self[_name(code, "pass")] if code in self.outcomes else None)
            for code, name in self.places.items()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        rows: list[Row] = []
        for code, name in self.places.items():
            try:
                rows += parse_points(code, data.get(name) or "")
            except ValueError:
                self.add_error(name, _("Proszę wpisać liczbę punktów, na przykład 4, albo trudność: punkty, "
                                       "na przykład 2:1, 5:3."))  # fmt: skip
        data["rows"] = rows
        marks = {code: data.get(_name(code, "pass")) for code in self.outcomes}
        data["pass_by_outcome"] = {code: mark for code, mark in marks.items() if mark}
        return data


def parse_points(code: str, text: str) -> list[Row]:
    """„4” or „2:1, 5:3” as rows of a blueprint. Raises ValueError."""
    if not text.strip():
        return []
    if text.strip().isascii() and text.strip().isdigit():
        return [Row(code, int(text))]
    found = [PARTS.match(part) for part in text.split(",")]
    if any(one is None for one in found):
        raise ValueError(text)
    return [Row(code, int(one[2]), int(one[1])) for one in found if one]


def blueprint_initial(rows: Sequence[Sequence[Any]], by_outcome: Mapping[str, int]) -> dict[str, Any]:
    """Stored rows as the form shows them."""
    shown: dict[str, list[str]] = {}
    for code, points, difficulty in rows:
        shown.setdefault(_name(code), []).append(str(points) if difficulty is None else f"{difficulty}:{points}")
    found: dict[str, Any] = {name: ", ".join(parts) for name, parts in shown.items()}
    return found | {_name(code, "pass"): mark for code, mark in by_outcome.items()}


def _name(code: str, kind: str = "p") -> str:
    return f"{kind}_{code.replace('.', '_')}"


class RetireForm(DorobekForm):
    why = ShortText(label=gettext_lazy("Dlaczego pytanie odchodzi"), max_length=300)


class QtiForm(DorobekForm):
    """A package of questions from another system."""

    file = forms.FileField(
        label=gettext_lazy("Plik QTI 3.0"),
        help_text=gettext_lazy("Paczka ZIP albo jedno pytanie XML, najwyżej 5 MB."),
    )
    criterion = forms.ChoiceField(
        label=gettext_lazy("Kryterium pytań, przy których plik go nie podaje"), required=False
    )

    def __init__(self, *args: Any, criteria: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [
            ("", _("nie wczytuj takich pytań")),
            *((code, f"{code} {text}"[:120]) for code, text in criteria.items()),
        ]
        self.fields["criterion"].choices = listed  # type: ignore[attr-defined]
