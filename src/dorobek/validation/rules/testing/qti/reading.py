"""A QTI 3.0 assessmentItem as a question; whatever would change its meaning is refused with its line, never dropped."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from dorobek.validation.rules.testing.qti.nodes import Node, parse
from dorobek.validation.rules.testing.qti.shapes import ITEM, MAP_RESPONSE, MATCH_CORRECT, Unreadable
from dorobek.validation.rules.testing.questions import MOST_POINTS, Choice, Form, Question, faults

INTERACTIONS = {
    "qti-choice-interaction": Form.SINGLE,
    "qti-order-interaction": Form.ORDERING,
    "qti-match-interaction": Form.MATCHING,
    "qti-text-entry-interaction": Form.SHORT,
    "qti-extended-text-interaction": Form.OPEN,
}
BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "br", "qti-prompt", "qti-content-body")
# What a question cannot be understood without, and what this bank has no place for.
FOREIGN = ("img", "object", "audio", "video", "picture", "svg", "math", "table", "qti-custom-interaction",
           "qti-template-declaration", "qti-template-processing", "qti-stylesheet", "include")  # fmt: skip


def read_item(content: bytes, file: str = "") -> Question:
    """The question of one file. Raises Unreadable with file, line and what."""
    root = parse(content, file)
    try:
        return _question(root)
    except Unreadable as fault:
        raise Unreadable(fault.what, fault.line, file) from fault
    except InvalidOperation as fault:
        raise Unreadable(_("liczba zapisana nie tak, jak trzeba."), root.line, file) from fault


def _question(root: Node) -> Question:
    if root.name != "qti-assessment-item" or root.space != ITEM:
        raise Unreadable(_("to nie jest pytanie w formacie QTI 3.0 (<%s>).") % root.name, root.line)
    if foreign := next(root.all(*FOREIGN), None):
        raise Unreadable(_("pytanie ma <%s>, którego bank nie przyjmuje.") % foreign.name, foreign.line)
    body = _only(root, "qti-item-body")
    found = [node for node in _every(body) if node.name.endswith("-interaction")]
    if len(found) != 1:
        line = found[1].line if found else body.line
        raise Unreadable(_("pytanie musi mieć dokładnie jedno miejsce na odpowiedź, a ma %d.") % len(found), line)
    interaction = found[0]
    if interaction.name not in INTERACTIONS:
        raise Unreadable(_("takiego rodzaju odpowiedzi bank nie zna: <%s>.") % interaction.name, interaction.line)
    declaration = _declaration(root, interaction)
    form = _form(interaction, declaration)
    points = _points(root, declaration)
    question = Question(form=form, prompt=_prompt(body, interaction), points=points)
    question = _FILL[form](question, interaction, declaration, root)
    _check_processing(question, root, declaration)
    if wrong := faults(question):
        raise Unreadable(wrong[0].words, interaction.line)
    return question


def _every(node: Node) -> list[Node]:
    return [found for child in node.children for found in (child, *_every(child))]


def _only(root: Node, name: str) -> Node:
    found = root.first(name)
    if found is None:
        raise Unreadable(_("brakuje <%s>.") % name, root.line)
    return found


def _declaration(root: Node, interaction: Node) -> Node:
    wanted = interaction.get("response-identifier")
    for one in root.all("qti-response-declaration"):
        if one.get("identifier") == wanted:
            return one
    raise Unreadable(_("brakuje deklaracji odpowiedzi „%s”.") % wanted[:60], interaction.line)


def _form(interaction: Node, declaration: Node) -> Form:
    form = INTERACTIONS[interaction.name]
    cardinality, kind = declaration.get("cardinality"), declaration.get("base-type")
    if form is Form.SINGLE and cardinality == "multiple":
        form = Form.MULTIPLE
    if form is Form.SHORT and kind in ("float", "integer"):
        form = Form.NUMBER
    allowed = {
        Form.SINGLE: ("single", ("identifier",)), Form.MULTIPLE: ("multiple", ("identifier",)),
        Form.ORDERING: ("ordered", ("identifier",)), Form.MATCHING: ("multiple", ("directedPair",)),
        Form.SHORT: ("single", ("string",)), Form.NUMBER: ("single", ("float", "integer")),
        Form.OPEN: ("single", ("string",)),
    }  # fmt: skip
    wanted, kinds = allowed[form]
    if cardinality != wanted or kind not in kinds:
        words = _("odpowiedź typu %(cardinality)s/%(kind)s nie pasuje do <%(name)s>.")
        said = {"cardinality": cardinality[:20], "kind": kind[:20], "name": interaction.name}
        raise Unreadable(words % said, declaration.line)
    return form


def _points(root: Node, declaration: Node) -> int:
    """MAXSCORE; without it the upper bound of the mapping; else one point."""
    for one in root.all("qti-outcome-declaration"):
        if one.get("identifier") == "MAXSCORE":
            value = one.first("qti-value")
            if value is not None:
                return _whole(value.text, value.line)
    mapping = declaration.first("qti-mapping")
    if mapping is not None and mapping.get("upper-bound"):
        return _whole(mapping.get("upper-bound"), mapping.line)
    return 1


def _whole(text: str, line: int) -> int:
    number = _number(text, line)
    if number != int(number) or not 1 <= number <= MOST_POINTS:
        raise Unreadable(_("punkty muszą być liczbą całkowitą od 1 do %d.") % MOST_POINTS, line)
    return int(number)


def _number(text: str, line: int) -> Decimal:
    try:
        number = Decimal(text.strip())
    except InvalidOperation as fault:
        raise Unreadable(_("to nie jest liczba: %s.") % text[:30], line) from fault
    if not number.is_finite() or abs(number.adjusted()) > 25:
        raise Unreadable(_("to nie jest liczba: %s.") % text[:30], line)
    return number


def _prompt(body: Node, interaction: Node) -> str:
    """What stands before and around the place for an answer, then its own prompt; a line for each paragraph."""
    lines: list[str] = []
    _collect(body, interaction, lines)
    own = interaction.first("qti-prompt")
    if own is not None:
        _collect(own, interaction, lines)
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def _collect(node: Node, interaction: Node, lines: list[str]) -> None:
    if node.name in BLOCKS or not lines:
        lines.append("")
    for part in node.parts:
        if isinstance(part, str):
            lines[-1] += part
        elif part is interaction or part.name == "qti-rubric-block" or part.get("class") == "unit":
            continue
        else:
            _collect(part, interaction, lines)
            if part.name in BLOCKS:
                lines.append("")


def _choices(nodes: Sequence[Node]) -> tuple[Choice, ...]:
    return tuple(Choice(node.get("identifier")[:100], node.text) for node in nodes)


def _values(declaration: Node) -> list[str]:
    correct = declaration.first("qti-correct-response")
    found = [one.text for one in correct.all("qti-value")] if correct is not None else []
    if not found:
        raise Unreadable(_("plik nie mówi, która odpowiedź jest dobra."), declaration.line)
    return found


def _fill_choice(one: Question, interaction: Node, declaration: Node, _root: Node) -> Question:
    choices = _choices(list(interaction.all("qti-simple-choice")))
    return replace(one, choices=choices, right=tuple(_values(declaration)))


def _fill_order(one: Question, interaction: Node, declaration: Node, _root: Node) -> Question:
    choices = {choice.key: choice for choice in _choices(list(interaction.all("qti-simple-choice")))}
    order = _values(declaration)
    if sorted(order) != sorted(choices):
        raise Unreadable(_("dobra kolejność nie wymienia każdej rzeczy raz."), declaration.line)
    return replace(one, choices=tuple(choices[key] for key in order))


def _fill_match(one: Question, interaction: Node, declaration: Node, _root: Node) -> Question:
    sets = list(interaction.all("qti-simple-match-set"))
    if len(sets) != 2:
        raise Unreadable(_("do dobierania w pary potrzebne są dwie listy."), interaction.line)
    left, right = (_choices(list(group.all("qti-simple-associable-choice"))) for group in sets)
    pairs = [tuple(value.split()) for value in _values(declaration)]
    if any(len(pair) != 2 for pair in pairs):
        raise Unreadable(_("para nie składa się z dwóch rzeczy."), declaration.line)
    order = {choice.key: place for place, choice in enumerate(left)}
    listed = sorted(((a, b) for a, b in pairs), key=lambda pair: order.get(pair[0], 0))
    return replace(one, choices=left, targets=right, pairs=tuple(listed))


def _fill_short(one: Question, _interaction: Node, declaration: Node, _root: Node) -> Question:
    accepted = list(_values(declaration))
    for entry in declaration.all("qti-map-entry"):
        value = _number(entry.get("mapped-value", "0"), entry.line)
        if value not in (0, one.points):
            raise Unreadable(_("odpowiedź za część punktów: bank zna tylko dobre i złe."), entry.line)
        if value:
            accepted.append(entry.get("map-key"))
    return replace(one, accepted=tuple(dict.fromkeys(accepted)))


def _fill_number(one: Question, interaction: Node, declaration: Node, root: Node) -> Question:
    tolerance = Decimal(0)
    equal = root.first("qti-equal")
    if equal is not None:
        mode = equal.get("tolerance-mode", "exact")
        if mode not in ("exact", "absolute"):
            raise Unreadable(_("dopuszczalna różnica musi być bezwzględna."), equal.line)
        parts = [_number(part, equal.line) for part in equal.get("tolerance").split()] or [Decimal(0)]
        if mode == "absolute":
            if len(set(parts)) > 1 or len(parts) > 2:
                raise Unreadable(_("dopuszczalna różnica musi być taka sama w górę i w dół."), equal.line)
            tolerance = parts[0]
    value = _number(_values(declaration)[0], declaration.line)
    unit = next((node.text for node in root.all("span") if node.get("class") == "unit"), "")
    return replace(one, value=value, tolerance=tolerance, unit=unit)


def _fill_open(one: Question, interaction: Node, _declaration: Node, root: Node) -> Question:
    lines: list[str] = []
    for rubric in root.all("qti-rubric-block"):
        if "scorer" in rubric.get("view").split():
            _collect(rubric, interaction, lines)
    return replace(one, guide="\n".join(" ".join(line.split()) for line in lines if line.strip()))


_FILL = {
    Form.SINGLE: _fill_choice,
    Form.MULTIPLE: _fill_choice,
    Form.ORDERING: _fill_order,
    Form.MATCHING: _fill_match,
    Form.SHORT: _fill_short,
    Form.NUMBER: _fill_number,
    Form.OPEN: _fill_open,
}
# Elements of rules that mean "all points for the right answer" and nothing else.
PLAIN_RULE = {"qti-response-condition", "qti-response-if", "qti-response-else", "qti-match", "qti-equal", "qti-variable",
              "qti-correct", "qti-set-outcome-value", "qti-base-value"}  # fmt: skip


def _check_processing(one: Question, root: Node, declaration: Node) -> None:
    """Points in the file must be the points that this bank would give; anything else is refused."""
    processing = root.first("qti-response-processing")
    template = processing.get("template") if processing is not None else ""
    if template and template.split("/")[-1].removesuffix(".xml") not in (
        MATCH_CORRECT.rsplit("/", 1)[1], MAP_RESPONSE.rsplit("/", 1)[1],
    ):  # fmt: skip
        raise Unreadable(_("takich zasad oceniania bank nie zna: %s.") % template[:80], processing.line)  # type: ignore[union-attr]
    if processing is not None and not template:
        strange = next((node for node in _every(processing) if node.name not in PLAIN_RULE), None)
        if strange is not None:
            raise Unreadable(_("zasady oceniania mają <%s>, którego bank nie zna.") % strange.name, strange.line)
    if one.form in (Form.MULTIPLE, Form.MATCHING):
        _check_mapping(one, declaration)


def _check_mapping(one: Question, declaration: Node) -> None:
    mapping = declaration.first("qti-mapping")
    if mapping is None:
        return
    whole = Decimal(one.points)
    part = whole / (len(one.right) if one.form is Form.MULTIPLE else len(one.pairs))
    good = set(one.right) if one.form is Form.MULTIPLE else {f"{left} {right}" for left, right in one.pairs}
    for entry in mapping.all("qti-map-entry"):
        key = " ".join(entry.get("map-key").split())
        value = _number(entry.get("mapped-value", "0"), entry.line)
        wanted = part if key in good else (-part if one.form is Form.MULTIPLE else Decimal(0))
        if abs(value - wanted) > Decimal("0.01"):
            raise Unreadable(_("punkty za „%s” są inne, niż liczy je bank.") % key[:60], entry.line)
