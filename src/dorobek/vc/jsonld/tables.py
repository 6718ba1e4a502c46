"""The compact form in which shipped contexts are kept, and the JSON-LD it stands for.

A table is an object. `"#"` holds short names of namespaces, used only inside the table. Every other member is a term:

    "image": "ob:image @id"            address, then what its values are: @id, @vocab, @json or an address
    "tag": "schema:keywords @set"      ... and containers: @set, @list, @graph, @language
    "Profile": {"=": "ob:Profile", ...}    a type or property ("=") with a context of its own

`"!": false` takes `@protected` away (tables are protected, with `id` and `type` known, unless they say so);
`"+": [...]` lists contexts that come before this one; null stands for the empty context.
"""

from typing import Any

_CONTAINERS = ("@set", "@list", "@graph", "@language")


def expanded(table: dict[str, Any]) -> Any:
    """The value of `@context`."""
    short = table.get("#", {})
    context = _context(table, short)
    return [*table["+"], context] if "+" in table else context


def _context(table: dict[str, Any], short: dict[str, str]) -> dict[str, Any]:
    context: dict[str, Any] = {"@protected": True} if table.get("!", True) else {}
    if "id" not in table.get("-", ()):
        context |= {"id": "@id", "type": "@type"}
    for term, value in table.items():
        if term not in ("#", "!", "=", "+", "-"):
            context[term] = _term(value, short)
    return context


def _term(value: Any, short: dict[str, str]) -> Any:
    if isinstance(value, str):
        return _definition(value, short)
    own = _definition(value["="], short)
    found = own if isinstance(own, dict) else {"@id": own}
    inner = None if value.get("@context", "") is None else _context(value, short)
    return found | {"@context": inner}


def _definition(text: str, short: dict[str, str]) -> Any:
    address, *rest = text.split(" ")
    iri = _whole(address, short)
    if not rest:
        return iri
    found: dict[str, Any] = {"@id": iri}
    containers = [word for word in rest if word in _CONTAINERS]
    kinds = [word for word in rest if word not in _CONTAINERS]
    if kinds:
        found["@type"] = _whole(kinds[0], short)
    if containers:
        found["@container"] = containers[0] if len(containers) == 1 else containers
    return found


def _whole(address: str, short: dict[str, str]) -> str:
    head, _, tail = address.partition(":")
    return short[head] + tail if head in short else address
