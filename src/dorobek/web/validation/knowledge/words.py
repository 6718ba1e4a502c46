"""The knowledge test in words: questions with their answers, figures, why a question is bad, points."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dorobek.validation.queries.knowledge import ItemFigures
from dorobek.validation.rules.testing.figures import LEAST_ANSWERS, Bad
from dorobek.validation.rules.testing.questions import Form, Question

BAD = {
    Bad.KEY: lambda: _("Lepsi kandydaci częściej wybierają inną odpowiedź. Proszę sprawdzić, która jest dobra."),
    Bad.NEGATIVE: lambda: _("Słabsi odpowiadają lepiej niż mocniejsi. Pytanie może mylić."),
    Bad.WEAK: lambda: _("Pytanie prawie nie odróżnia tych, którzy umieją, od tych, którzy nie umieją."),
    Bad.TOO_EASY: lambda: _("Prawie wszyscy odpowiadają dobrze."),
    Bad.TOO_HARD: lambda: _("Prawie nikt nie odpowiada dobrze."),
    Bad.DEAD: lambda: _("Jednej ze złych odpowiedzi nikt nie wybiera."),
    Bad.LEFT_OUT: lambda: _("Więcej niż co piąta osoba pomija to pytanie."),
}


def bad_words(bad: Bad) -> str:
    return BAD[bad]()


def question_lines(one: Question) -> list[tuple[str, bool]]:
    """The answers of a question for the officer: (words, right)."""
    text = {choice.key: choice.text for choice in (*one.choices, *one.targets)}
    if one.form is Form.ORDERING:
        return [(f"{place}. {choice.text}", True) for place, choice in enumerate(one.choices, 1)]
    if one.form is Form.MATCHING:
        used = {right for _left, right in one.pairs}
        pairs = [(f"{text[left]} = {text[right]}", True) for left, right in one.pairs]
        return pairs + [(choice.text, False) for choice in one.targets if choice.key not in used]
    if one.form is Form.SHORT:
        return [(words, True) for words in one.accepted]
    if one.form is Form.NUMBER:
        around = _(" (± %s)") % comma(one.tolerance) if one.tolerance else ""
        return [(f"{comma(one.value)} {one.unit}".strip() + around, True)]
    if one.form is Form.OPEN:
        return [(one.guide, True)]
    return [(choice.text, choice.key in one.right) for choice in one.choices]


def figure_words(row: ItemFigures) -> dict[str, Any]:
    """Figures for a screen: numbers with a comma, or how many answers are still lacking."""
    found = row.figures
    question = row.version.question
    chosen = [
        (choice.text, found.chosen.get(choice.key, 0), choice.key in question.right)
        for choice in question.choices
        if question.form in (Form.SINGLE, Form.MULTIPLE)
    ]
    return {
        "answers": found.answers, "left_out": found.left_out, "chosen": chosen,
        "difficulty": _number(found.difficulty), "discrimination": _number(found.discrimination),
        "lacking": max(0, LEAST_ANSWERS - found.answers),
    }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace(".", ",").replace("-", "−")


def comma(number: Any) -> str:
    """3.00 -> 3, 1.50 -> 1,5."""
    text = f"{number:f}" if number is not None else ""
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")


def outcome_rows(result: dict[str, Any] | None, texts: dict[str, str]) -> list[dict[str, Any]]:
    """A stored result as rows of outcomes, each with its criteria."""
    if not result:
        return []
    rows = []
    for code, (got, of, needed, passed) in sorted(result["outcomes"].items(), key=_in_order):
        inside = [
            {"code": c, "text": texts.get(c, ""), "got": comma(Decimal(one[0])), "of": comma(Decimal(one[1]))}
            for c, one in sorted(result["criteria"].items(), key=_in_order)
            if c == code or c.startswith(f"{code}.")
        ]
        rows.append({
            "code": code, "text": texts.get(code, ""), "got": comma(Decimal(got)), "of": comma(Decimal(of)),
            "needed": needed, "passed": passed, "criteria": inside,
        })  # fmt: skip
    return rows


def _in_order(row: tuple[str, Any]) -> list[tuple[int, str]]:
    """1.2 before 1.10: a database keeps no order of the entry."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in row[0].split(".")]
