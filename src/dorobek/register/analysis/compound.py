"""Two activities in one wording: coordinated verbs, told apart from coordinated objects."""

from collections.abc import Sequence

from dorobek.register.analysis.verb_forms import UNSEEN, is_infinitive
from dorobek.register.analysis.words import Token, is_verb

AND = frozenset({"i", "oraz", "a", "także", "również", "następnie", "potem", "ponadto", "jednocześnie"})
# A second verb with one of these goes on with the first one's object: one activity in two steps.
PRONOUNS = frozenset(
    ["ją", "je", "go", "ich", "im", "jej", "jego", "nim", "nimi", "niej", "nich", "nią", "niego", "mu", "jemu", "to"]
)
NEAR = 3  # words that may stand between the conjunction and its verb: "oraz samodzielnie planuje"
Compound = tuple[int, int, tuple[str, ...]]


def two_things(text: str, held: Sequence[Token]) -> Compound | None:
    """Where the second activity begins and ends, and a separate sentence for each; None for one activity."""
    split = _at_semicolon(text, held)
    if split:
        return split
    places = _verbs(held)
    joined = places[:1]
    for at in places[1:]:
        if joined and _coordinated(text, held, joined[-1], at):
            joined.append(at)
    if len(joined) < 2 or _one_activity(held, joined) or all(held[at].form in UNSEEN for at in joined):
        return None
    last = held[joined[-1]]
    return held[joined[0]].start, last.end, _sentences(text, held, joined)


def _at_semicolon(text: str, held: Sequence[Token]) -> Compound | None:
    for at, token in enumerate(held):
        after, before = held[at + 1 :], held[:at]
        if token.form == ";" and any(is_verb(one.form) for one in before) and any(is_verb(o.form) for o in after):
            parts = tuple(part.strip(" .") for part in text.split(";") if part.strip(" ."))
            return token.start, after[0].end, tuple(_like(text, part) for part in parts)
    return None


def _verbs(held: Sequence[Token]) -> list[int]:
    """Places of the activities: finite verbs, or infinitives after "potrafi"."""
    ability = next((at for at, one in enumerate(held[:4]) if one.form in ("potrafi", "umie")), None)
    if ability is not None:
        return [at for at, one in enumerate(held) if at > ability and is_infinitive(one.form)]
    return [at for at, one in enumerate(held) if is_verb(one.form) and (at == 0 or held[at - 1].form != "nie")]


def _conjunction(text: str, held: Sequence[Token], at: int) -> int | None:
    """The place of the word (or of the word after a comma) that ties the verb at `at` to what stands before it."""
    for place in range(at - 1, max(at - 2 - NEAR, -1), -1):
        if held[place].form in AND:
            return place
    between = text[held[at - 1].end : held[at].start]
    return at if "," in between else None


def _coordinated(text: str, held: Sequence[Token], first: int, second: int) -> bool:
    place = _conjunction(text, held, second)
    return place is not None and place > first


def _one_activity(held: Sequence[Token], joined: Sequence[int]) -> bool:
    """Every further verb takes up the first one's object with a pronoun soon after itself or just before."""
    for at in joined[1:]:
        around = {one.form for one in held[max(at - 2, 0) : at]} | {one.form for one in held[at + 1 : at + 5]}
        if not around & PRONOUNS:
            return False
    return True


def _sentences(text: str, held: Sequence[Token], joined: Sequence[int]) -> tuple[str, ...]:
    """One sentence for each verb; a verb without words of its own shares those of the last."""
    lead = text[: held[joined[0]].start]
    tail = text[held[joined[-1]].end :]
    made = []
    for number, at in enumerate(joined):
        verb = text[held[at].start : held[at].end]
        if number + 1 == len(joined):
            words = tail
        else:
            following = joined[number + 1]
            end = held[_conjunction(text, held, following) or following]
            stop = end.start if end.start < held[following].start else held[following - 1].end
            words = text[held[at].end : stop].rstrip(" ,")
            words = words if words.strip(" ,") else tail
        before = _own_lead(text, held, joined, number)
        made.append(_like(text, f"{lead}{before}{verb}{words}".strip(" ,.;")))
    return tuple(made)


def _own_lead(text: str, held: Sequence[Token], joined: Sequence[int], number: int) -> str:
    """Words between the conjunction and its verb: "samodzielnie " in "oraz samodzielnie planuje"."""
    if number == 0:
        return ""
    at = joined[number]
    place = _conjunction(text, held, at)
    if place is None or place == at or place + 1 == at:
        return ""
    return text[held[place + 1].start : held[at].start]


def _like(text: str, part: str) -> str:
    """The part, beginning with a letter of the same size as the whole."""
    part = " ".join(part.split())
    return part[:1].upper() + part[1:] if text[:1].isupper() else part
