"""The readable list of operations at `/api/docs`, drawn on the server from the OpenAPI document itself.

A page of our own: the usual ones load scripts from elsewhere, which the content security policy rightly stops.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class ReadableDocs(DocsBase):
    """Operations by subject, each with its parameters, its body and its answers."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
        subjects: dict[str, list[dict[str, Any]]] = {}
        for subject, operation in operations(schema):
            subjects.setdefault(subject, []).append(operation)
        context = {"info": schema["info"], "subjects": sorted(subjects.items()), "shapes": shapes(schema)}
        return render(request, "public/api_docs.html", context)


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(subject, operation) in the order of the document; an operation as the template shows it."""
    for path, item in schema["paths"].items():
        for method, one in item.items():
            yield (
                (one.get("tags") or ["other"])[0],
                {
                    "method": method.upper(),
                    "path": path,
                    "summary": one.get("summary", ""),
                    "description": one.get("description", ""),
                    "parameters": [_parameter(each) for each in one.get("parameters", [])],
                    "body": _content(one.get("requestBody", {})),
                    "answers": [(code, _content(each)) for code, each in one.get("responses", {}).items()],
                },
            )


def shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Named shapes of bodies and answers, each with its fields."""
    found = schema.get("components", {}).get("schemas", {})
    return [
        {
            "name": name,
            "about": shape.get("description", ""),
            "fields": [
                {"name": field, "type": _type(held), "required": field in shape.get("required", [])}
                for field, held in shape.get("properties", {}).items()
            ],
        }
        for name, shape in sorted(found.items())
    ]


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": one["name"],
        "place": one["in"],
        "type": _type(one.get("schema", {})),
        "required": bool(one.get("required")),
    }


def _content(held: dict[str, Any]) -> str:
    """The shape of a body or an answer; empty for none."""
    content = held.get("content", {})
    return ", ".join(_type(one.get("schema", {})) or kind for kind, one in content.items())


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if choices := schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf"):
        return " | ".join(_type(one) for one in choices)
    if schema.get("type") == "array":
        return f"[{_type(schema.get('items', {}))}]"
    return str(schema.get("format") or schema.get("type") or "")
