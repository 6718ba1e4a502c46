"""Reads JSON into `Rules` and back. Reading goes on after a fault, so that all faults are named at once."""

import re
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from django.utils.translation import gettext as _

from dorobek.programmes.rules.nodes import KIND_OF_NODE, NODE_KINDS
from dorobek.programmes.rules.words import Bilingual
from dorobek.programmes.schema.checks import check_rules
from dorobek.programmes.schema.errors import FieldError, SchemaError
from dorobek.programmes.schema.shapes import Between, Rules

_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_TEXT = 6000
_MAX_DEPTH = 40
_NODE_CLASSES = frozenset(NODE_KINDS.values())


class _Faulty:
    """Stands where no value could be read; the fault is already noted."""


_FAULTY = _Faulty()


class _Reader:
    def __init__(self) -> None:
        self.errors: list[FieldError] = []

    def fault(self, path: str, message: str) -> _Faulty:
        self.errors.append(FieldError(path, message))
        return _FAULTY

    def read(self, hint: Any, data: Any, path: str, depth: int = 0) -> Any:
        if depth > _MAX_DEPTH:
            return self.fault(path, _("Dane są zagnieżdżone zbyt głęboko."))
        if get_origin(hint) is Annotated:
            base, limits = get_args(hint)
            return self._bounded(limits, self.read(base, data, path, depth), path)
        choices = get_args(hint) if get_origin(hint) not in (tuple, dict) else ()
        if NoneType in choices:
            if data is None:
                return None
            choices = tuple(one for one in choices if one is not NoneType)
        if choices and _NODE_CLASSES.issuperset(choices):
            return self._node(data, path, depth)
        if choices:
            return self.read(choices[0], data, path, depth)
        kind = hint
        if get_origin(kind) is tuple:
            return self._list(get_args(kind)[0], data, path, depth)
        if get_origin(kind) is dict:
            return self._map(get_args(kind)[1], data, path, depth)
        if is_dataclass(kind) and isinstance(kind, type):
            return self._object(kind, data, path, depth)
        return self._plain(kind, data, path)

    def _node(self, data: Any, path: str, depth: int) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, _("Tu powinna być reguła: obiekt z polem „rule”."))
        kind = data.get("rule")
        if not isinstance(kind, str) or kind not in NODE_KINDS:
            known = ", ".join(NODE_KINDS)
            return self.fault(_join(path, "rule"), _("Nieznany rodzaj reguły. Znane: %(known)s.") % {"known": known})
        rest = {key: value for key, value in data.items() if key != "rule"}
        return self._object(NODE_KINDS[kind], rest, path, depth)

    def _list(self, item: Any, data: Any, path: str, depth: int) -> Any:
        if not isinstance(data, list):
            return self.fault(path, _("Tu powinna być lista."))
        values = tuple(self.read(item, one, f"{path}[{index}]", depth + 1) for index, one in enumerate(data))
        return _FAULTY if _FAULTY in values else values

    def _map(self, item: Any, data: Any, path: str, depth: int) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, _("Tu powinien być obiekt z nazwami i wartościami."))
        values = {str(key): self.read(item, one, _join(path, str(key)), depth + 1) for key, one in data.items()}
        return _FAULTY if _FAULTY in values.values() else values

    def _object(self, cls: type, data: Any, path: str, depth: int) -> Any:
        if not isinstance(data, dict):
            return self.fault(path, _("Tu powinien być obiekt z polami."))
        known = {one.name: one for one in fields(cls)}
        for key in data:
            if key not in known:
                self.fault(_join(path, str(key)), _("Nieznane pole. Proszę sprawdzić pisownię."))
        values: dict[str, Any] = {}
        for name, spec in known.items():
            if name in data:
                where = _join(path, name)
                value = self.read(hints_of(cls)[name], data[name], where, depth + 1)
                values[name] = self._coded(value, where) if name == "code" else value
            elif spec.default is MISSING and spec.default_factory is MISSING:
                values[name] = self.fault(_join(path, name), _("Brakuje tego pola."))
        return _FAULTY if _FAULTY in values.values() else cls(**values)

    def _bounded(self, limits: Between, value: Any, path: str) -> Any:
        if isinstance(value, int) and not limits.low <= value <= limits.high:
            message = _("Tu powinna być liczba od %(low)s do %(high)s.")
            return self.fault(path, message % {"low": limits.low, "high": limits.high})
        return value

    def _coded(self, value: Any, path: str) -> Any:
        if isinstance(value, str) and not _CODE.fullmatch(value):
            return self.fault(path, _("Kod może mieć małe litery bez ogonków, cyfry i łączniki."))
        return value

    def _plain(self, kind: Any, data: Any, path: str) -> Any:
        if isinstance(kind, type) and issubclass(kind, Enum):
            try:
                return kind(data)
            except ValueError:
                known = ", ".join(str(member.value) for member in kind)
                return self.fault(path, _("Nieznana wartość. Znane: %(known)s.") % {"known": known})
        return _PLAIN[kind](self, data, path)

    def _text(self, data: Any, path: str) -> Any:
        if not isinstance(data, str):
            return self.fault(path, _("Tu powinien być tekst."))
        if len(data) > _MAX_TEXT:
            return self.fault(path, _("Tekst jest za długi: najwyżej %(most)s znaków.") % {"most": _MAX_TEXT})
        if path.endswith((".pl", ".en")) and not data.strip():
            return self.fault(path, _("Tekst nie może być pusty. Potrzebne są obie wersje, polska i angielska."))
        return data

    def _number(self, data: Any, path: str) -> Any:
        if isinstance(data, bool) or not isinstance(data, int):
            return self.fault(path, _("Tu powinna być liczba całkowita."))
        return data

    def _truth(self, data: Any, path: str) -> Any:
        return data if isinstance(data, bool) else self.fault(path, _("Tu powinno być true albo false."))

    def _day(self, data: Any, path: str) -> Any:
        try:
            return date.fromisoformat(data)
        except (TypeError, ValueError):
            return self.fault(path, _("Tu powinna być data w postaci 2026-03-31."))


_PLAIN: dict[Any, Callable[[_Reader, Any, str], Any]] = {
    str: _Reader._text,
    int: _Reader._number,
    bool: _Reader._truth,
    date: _Reader._day,
}


@cache
def hints_of(cls: type) -> dict[str, Any]:
    """The types of a shape's fields, with their limits."""
    return get_type_hints(cls, include_extras=True)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def load_rules(data: Any) -> Rules:
    """Rules from JSON data. Raises SchemaError that names every fault, not only the first."""
    reader = _Reader()
    rules = reader.read(Rules, data, "")
    if reader.errors:
        raise SchemaError(tuple(reader.errors))
    errors = check_rules(rules)
    if errors:
        raise SchemaError(tuple(errors))
    return rules


def shape_faults(shape: type, data: Any) -> list[FieldError]:
    """What is wrong with one part of the rules taken alone, every fault named; [] when it can be read."""
    reader = _Reader()
    reader.read(shape, data, "")
    return reader.errors


def dump_rules(rules: Rules) -> dict[str, Any]:
    """The JSON data that `load_rules` reads back to the same rules. Defaults are left out."""
    dumped = _dump(rules)
    assert isinstance(dumped, dict)
    return dumped


def _dump(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_dump(one) for one in value]
    if isinstance(value, dict):
        return {key: _dump(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        head = {"rule": KIND_OF_NODE[type(value)]} if type(value) in KIND_OF_NODE else {}
        kept = {one.name: getattr(value, one.name) for one in fields(value)}
        defaults = {one.name: one.default for one in fields(value) if one.default is not MISSING}
        return head | {k: _dump(v) for k, v in kept.items() if k not in defaults or defaults[k] != v}
    return value
