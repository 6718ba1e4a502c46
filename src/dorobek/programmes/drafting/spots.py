"""What stands at a place of a programme's rules: which shape, whether it may be missing, what it is made of. Pure."""

from dataclasses import MISSING as NO_DEFAULT
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from dorobek.programmes.drafting.tree import Place, find
from dorobek.programmes.rules.nodes import NODE_KINDS
from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.errors import FieldError
from dorobek.programmes.schema.load import hints_of, shape_faults
from dorobek.programmes.schema.shapes import Between, Rules, Words

NODES = frozenset(NODE_KINDS.values())
NODE = "node"


@dataclass(frozen=True)
class Kind:
    """A type of the rules laid open. `base`: a dataclass, NODE or a plain type; `many`: a list of them."""

    base: Any
    many: bool = False
    optional: bool = False
    limits: Between | None = None

    @property
    def is_object(self) -> bool:
        """Something with a page of its own rather than a field."""
        return self.base == NODE or (is_dataclass(self.base) and self.base is not Bilingual)


@dataclass(frozen=True)
class Field:
    """One field of a form. `name` goes deeper with dots; `owner` and `key` find its label."""

    name: str
    kind: Kind
    owner: str
    key: str
    default: Any = None


@dataclass(frozen=True)
class Below:
    """What hangs below an object on pages of its own: a list, or one thing that may be missing."""

    name: str
    kind: Kind
    owner: str


def kind_of(hint: Any) -> Kind:
    """A type hint laid open."""
    if get_origin(hint) is Annotated:
        base, limits = get_args(hint)
        return Kind(base, limits=limits)
    if get_origin(hint) is tuple:
        inner = kind_of(get_args(hint)[0])
        return Kind(inner.base, many=True)
    choices = get_args(hint) if get_origin(hint) is not dict else ()
    rest = [one for one in choices if one is not NoneType]
    if rest and NODES.issuperset(rest):
        return Kind(NODE, optional=len(rest) < len(choices))
    if rest:
        inner = kind_of(rest[0])
        return Kind(inner.base, optional=len(rest) < len(choices), limits=inner.limits)
    return Kind(hint)


def shape_at(data: Any, place: Place) -> Kind | None:
    """The kind of what stands, or may stand, at a place; None for a place that the rules do not have."""
    kind = Kind(Rules)
    for number, step in enumerate(place):
        if kind.many:
            kind = Kind(kind.base)
            continue
        shape = _class(kind, find(data, place[:number]))
        hint = hints_of(shape).get(step) if shape is not None else None
        if hint is None:
            return None
        kind = kind_of(hint)
    return kind


def _class(kind: Kind, item: Any) -> Any:
    if kind.base == NODE:
        return NODE_KINDS.get(item.get("rule", "")) if isinstance(item, dict) else None
    return kind.base if is_dataclass(kind.base) else None


def class_of(kind: Kind, item: Any) -> Any:
    """The dataclass of an item; for a condition it depends on its kind. None when there is none."""
    return _class(kind, item)


def fields_of(shape: Any, before: str = "") -> list[Field]:
    """Fields of an object's form, small objects inside laid open; lists of objects and conditions are left out."""
    found: list[Field] = []
    for one in fields(shape):
        kind, name = kind_of(hints_of(shape)[one.name]), f"{before}{one.name}"
        kind = Kind(kind.base, kind.many, kind.optional or one.default is not NO_DEFAULT, kind.limits)
        if kind.base is Bilingual and not kind.many:
            texts = [Field(f"{name}.{language}", kind, shape.__name__, one.name) for language in ("pl", "en")]
            found.extend(texts)
        elif kind.is_object:
            if not kind.many and kind.base != NODE and small(kind.base):
                found.extend(fields_of(kind.base, f"{name}."))
        elif kind.base is not dict and get_origin(kind.base) is not dict:
            default = one.default if one.default is not NO_DEFAULT else None
            found.append(Field(name, kind, shape.__name__, one.name, default))
    return found


def small(shape: Any) -> bool:
    """True for an object whose fields are shown on the page of the object that holds it."""
    return shape is not Words and not below(shape)


def below(shape: Any) -> list[Below]:
    """Lists of objects, conditions and larger objects of an object, each with pages of its own."""
    found = []
    for one in fields(shape):
        kind = kind_of(hints_of(shape)[one.name])
        if kind.is_object and (kind.many or kind.base == NODE or not small(kind.base)):
            found.append(Below(one.name, kind, shape.__name__))
    return found


def empty(shape: Any, rule: str = "") -> dict[str, Any]:
    """An object as it begins: lists without items, a condition that still has to be chosen."""
    made: dict[str, Any] = {"rule": rule} if rule else {}
    for one in below(shape):
        if one.kind.many:
            made[one.name] = []
        elif not one.kind.optional:
            made[one.name] = {"rule": "all", "code": "to-choose", "of": []}
    return made


def faults_of(shape: Any, item: dict[str, Any]) -> list[FieldError]:
    """What is wrong with the shape of one object, by the names of its form's fields."""
    own = {name: value for name, value in item.items() if shape not in NODES or name != "rule"}
    return shape_faults(shape, own)
