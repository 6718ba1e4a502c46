"""A question as a QTI 3.0 assessmentItem: standard interactions, points by match_correct rules or a mapping."""

from collections.abc import Iterable
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from dorobek.validation.rules.testing.qti.shapes import ITEM, ITEM_SCHEMA, MAP_RESPONSE
from dorobek.validation.rules.testing.questions import Choice, Form, Question

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
TYPES = {
    Form.SINGLE: ("single", "identifier"),
    Form.MULTIPLE: ("multiple", "identifier"),
    Form.ORDERING: ("ordered", "identifier"),
    Form.MATCHING: ("multiple", "directedPair"),
    Form.SHORT: ("single", "string"),
    Form.NUMBER: ("single", "float"),
    Form.OPEN: ("single", "string"),
}


def write_item(one: Question, identifier: str, title: str = "") -> bytes:
    """The question as XML in UTF-8. `identifier`: letters, digits and hyphens."""
    cardinality, kind = TYPES[one.form]
    lines = [
        f'<qti-assessment-item xmlns="{ITEM}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{ITEM} {ITEM_SCHEMA}" identifier={quoteattr(identifier)} '
        f'title={quoteattr(title or identifier)} adaptive="false" time-dependent="false" xml:lang="pl">',
        f'<qti-response-declaration identifier="RESPONSE" cardinality="{cardinality}" base-type="{kind}">',
        *_right(one),
        "</qti-response-declaration>",
        '<qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float">'
        "<qti-default-value><qti-value>0</qti-value></qti-default-value></qti-outcome-declaration>",
        '<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float">'
        f"<qti-default-value><qti-value>{one.points}</qti-value></qti-default-value></qti-outcome-declaration>",
        "<qti-item-body>",
        *_body(one),
        "</qti-item-body>",
        *_processing(one),
        "</qti-assessment-item>",
    ]
    return (HEAD + "\n".join(lines) + "\n").encode()


def _right(one: Question) -> Iterable[str]:
    if one.form is Form.OPEN:
        return
    values = {
        Form.SINGLE: list(one.right),
        Form.MULTIPLE: list(one.right),
        Form.ORDERING: [choice.key for choice in one.choices],
        Form.MATCHING: [f"{left} {right}" for left, right in one.pairs],
        Form.SHORT: list(one.accepted[:1]),
        Form.NUMBER: [f"{one.value:f}"] if one.value is not None else [],
    }[one.form]
    inside = "".join(f"<qti-value>{escape(value)}</qti-value>" for value in values)
    yield f"<qti-correct-response>{inside}</qti-correct-response>"
    yield from _mapping(one)


def _mapping(one: Question) -> Iterable[str]:
    """Points of parts of an answer; the upper bound makes thirds add up to the whole."""
    entries: list[tuple[str, Decimal]] = []
    whole = Decimal(one.points)
    if one.form is Form.MULTIPLE:
        part = whole / len(one.right)
        entries = [(choice.key, part if choice.key in one.right else -part) for choice in one.choices]
    elif one.form is Form.MATCHING:
        entries = [(f"{left} {right}", whole / len(one.pairs)) for left, right in one.pairs]
    elif one.form is Form.SHORT:
        entries = [(text, whole) for text in one.accepted]
    if not entries:
        return
    case = ' case-sensitive="false"' if one.form is Form.SHORT else ""
    yield f'<qti-mapping lower-bound="0" upper-bound="{one.points}" default-value="0">'
    for key, points in entries:
        yield f'<qti-map-entry map-key={quoteattr(key)} mapped-value="{_plain(points)}"{case}/>'
    yield "</qti-mapping>"


def _body(one: Question) -> Iterable[str]:
    prompt = f"<qti-prompt>{_paragraphs(one.prompt)}</qti-prompt>"
    common = 'response-identifier="RESPONSE"'
    if one.form in (Form.SINGLE, Form.MULTIPLE):
        most = 1 if one.form is Form.SINGLE else 0
        yield f'<qti-choice-interaction {common} shuffle="true" max-choices="{most}">{prompt}'
        yield from (_choice("qti-simple-choice", choice) for choice in one.choices)
        yield "</qti-choice-interaction>"
    elif one.form is Form.ORDERING:
        yield f'<qti-order-interaction {common} shuffle="true">{prompt}'
        yield from (_choice("qti-simple-choice", choice) for choice in one.choices)
        yield "</qti-order-interaction>"
    elif one.form is Form.MATCHING:
        yield f'<qti-match-interaction {common} shuffle="true" max-associations="{len(one.choices)}">{prompt}'
        for listed, most in ((one.choices, 1), (one.targets, 0)):
            yield "<qti-simple-match-set>"
            yield from (_choice("qti-simple-associable-choice", choice, f' match-max="{most}"') for choice in listed)
            yield "</qti-simple-match-set>"
        yield "</qti-match-interaction>"
    elif one.form is Form.OPEN:
        yield f'<qti-rubric-block view="scorer" use="scoring"><qti-content-body>{_paragraphs(one.guide)}'
        yield f"</qti-content-body></qti-rubric-block><qti-extended-text-interaction {common}>{prompt}"
        yield "</qti-extended-text-interaction>"
    else:
        unit = f' <span class="unit">{escape(one.unit)}</span>' if one.unit else ""
        yield f"<div>{_paragraphs(one.prompt)}</div><p><qti-text-entry-interaction {common}/>{unit}</p>"


def _processing(one: Question) -> Iterable[str]:
    if one.form is Form.OPEN:
        return
    if one.form in (Form.MULTIPLE, Form.MATCHING, Form.SHORT):
        yield f'<qti-response-processing template="{MAP_RESPONSE}"/>'
        return
    test = '<qti-match><qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-match>'
    if one.form is Form.NUMBER:
        test = (
            f'<qti-equal tolerance-mode="absolute" tolerance="{one.tolerance:f} {one.tolerance:f}">'
            '<qti-variable identifier="RESPONSE"/><qti-correct identifier="RESPONSE"/></qti-equal>'
        )
    yield (
        f"<qti-response-processing><qti-response-condition><qti-response-if>{test}"
        '<qti-set-outcome-value identifier="SCORE"><qti-variable identifier="MAXSCORE"/></qti-set-outcome-value>'
        "</qti-response-if></qti-response-condition></qti-response-processing>"
    )


def _choice(name: str, choice: Choice, more: str = "") -> str:
    return f"<{name} identifier={quoteattr(choice.key)}{more}>{escape(choice.text)}</{name}>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _plain(points: Decimal) -> str:
    text = f"{points:.6f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-") else "0"
