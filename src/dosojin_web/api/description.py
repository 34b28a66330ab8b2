"""The OpenAPI description as people read it.

In:  the description as plain data.
Out: operations with fields, roles and a call to copy; shapes with their fields.
Never: a field or an operation that the description does not name.
"""

import json
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from dosojin_web.accounts.roles import Role

from .access import ANYONE
from .examples import EXAMPLES

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field: its name, what it holds, whether it must be there; ``shape`` links to its own."""

    name: str
    holds: str
    is_required: bool
    shape: str
    note: str


@dataclass(frozen=True, slots=True)
class OperationEntry:
    """An operation, with what goes in and who may call it; ``call`` can be copied."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    roles: tuple[str, ...]
    fields: tuple[FieldLine, ...]
    answer_shape: str
    refusals: tuple[tuple[str, str], ...]
    call: str
    link: str


@dataclass(frozen=True, slots=True)
class ShapeEntry:
    """A shape of a body or an answer."""

    name: str
    description: str
    fields: tuple[FieldLine, ...]


def list_operations(described: Plain, here: str) -> list[OperationEntry]:
    """Every operation; ``here`` is the address of the site, for the calls."""
    return [
        _operation(described, path, method, operation, here)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]


def list_shapes(described: Plain) -> list[ShapeEntry]:
    """Every shape that has fields, by name."""
    return [
        ShapeEntry(name, shape.get("description", ""), tuple(_fields_of(shape)))
        for name, shape in sorted(described["components"]["schemas"].items())
        if "properties" in shape
    ]


def _operation(
    described: Plain, path: str, method: str, operation: Plain, here: str
) -> OperationEntry:
    example = EXAMPLES.get(operation["operationId"], {})
    address = path.format(**example.get("path", {}))
    if example.get("query"):
        address += "?" + urlencode(example["query"])
    ok = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
    return OperationEntry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        roles=tuple(role_words(role) for role in operation["x-roles"]),
        fields=(*_parameters(operation), *_body(described, operation)),
        answer_shape=shape_of(ok.get("schema", {})),
        refusals=tuple(
            (status, said["description"])
            for status, said in operation["responses"].items()
            if status != "200"
        ),
        call=_call(method, here + address, example.get("body"), ANYONE in operation["x-roles"]),
        link=address if method == "get" and ANYONE in operation["x-roles"] else "",
    )


def role_words(role: str) -> str:
    """Who that is, in the active language."""
    return gettext("anyone") if role == ANYONE else str(Role(role).label)


def _call(method: str, address: str, body: Plain | None, is_open: bool) -> str:
    words = ["curl"]
    if not is_open:
        words += ["-H", "Authorization: Bearer $TOKEN"]
    if method == "post":
        words += ["-H", "Content-Type: application/json"]
        words += ["-d", json.dumps(body, ensure_ascii=False)]
    quoted = [shlex.quote(word) for word in words]
    return " ".join([*quoted, shlex.quote(address)]).replace("'Authorization: Bearer $TOKEN'",
        '"Authorization: Bearer $TOKEN"')  # fmt: skip


def _parameters(operation: Plain) -> list[FieldLine]:
    return [
        FieldLine(
            parameter["name"], holds(parameter["schema"]), parameter["required"], "",
            gettext("in the address"),
        )
        for parameter in operation["parameters"]
    ]  # fmt: skip


def _body(described: Plain, operation: Plain) -> list[FieldLine]:
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    name = shape_of(schema)
    return _fields_of(described["components"]["schemas"][name] if name else schema)


def _fields_of(shape: Plain) -> list[FieldLine]:
    required = shape.get("required", ())
    return [
        FieldLine(
            name, holds(schema), name in required, shape_of(schema), schema.get("description", "")
        )
        for name, schema in shape.get("properties", {}).items()
    ]


def shape_of(schema: Plain) -> str:
    """The name of the shape that a schema points to, also through a list or "or null"."""
    if "$ref" in schema:
        return str(schema["$ref"].rsplit("/", 1)[-1])
    for inner in (schema.get("items"), *schema.get("anyOf", ())):
        if inner and (name := shape_of(inner)):
            return name
    return ""


def holds(schema: Plain) -> str:
    """What a field holds, in a few words of JSON: ``date``, ``list of string``, ``a | b``."""
    if "$ref" in schema:
        return shape_of(schema)
    if "enum" in schema:
        return " | ".join(json.dumps(word) for word in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(holds(inner) for inner in schema["anyOf"])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " | ".join(kind)
    if kind == "array":
        return f"list of {holds(schema.get('items', {}))}"
    return str(schema.get("format", kind))
