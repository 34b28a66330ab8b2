"""The OpenAPI description as people read it.

In:  the description as plain data, and whose operations are wanted.
Out: operations with fields, roles and a call to copy; the shapes that they use, with their fields.
Never: a field or an operation that the description does not name.
"""

import json
import shlex
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext

from dosojin_web.accounts.roles import Role

from .access import ANYONE, CSV_KIND, JSON_KIND
from .examples import EXAMPLES, PLACES

Plain = dict[str, Any]
SHAPE = "/schemas/"
"""In what points to a shape, and not to a shared answer."""


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field: its name, what it holds, whether it must be there; ``shape`` links to its own.

    ``place`` says where it goes, for one that stands in no body. Notes are in English, but for
    the names of states, which are in the reader's language: then ``note_language`` is "".
    """

    name: str
    holds: str
    is_required: bool
    shape: str
    note: str
    place: str = ""

    @property
    def note_language(self) -> str:
        """The language of the note, if it may be another one than the page's."""
        return "en" if self.note.isascii() else ""


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
    answer_kind: str
    refusals: tuple[tuple[str, str], ...]
    call: str
    link: str


@dataclass(frozen=True, slots=True)
class ShapeEntry:
    """A shape of a body or an answer."""

    name: str
    description: str
    fields: tuple[FieldLine, ...]


def list_operations(described: Plain, here: str, role: str) -> list[OperationEntry]:
    """The operations for ``role`` or ``ANYONE``; ``here`` is the address of the site."""
    return [
        _operation(described, path, method, operation, here)
        for path, method, operation in operations_of(described, role)
    ]


def operations_of(described: Plain, role: str) -> list[tuple[str, str, Plain]]:
    """Path, method and description of what a role may call, without what anyone may."""
    return [
        (path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if role in operation["x-roles"]
    ]


def list_shapes(described: Plain, role: str) -> list[ShapeEntry]:
    """The shapes with fields that a role's operations use, through others too, by name."""
    shapes = described["components"]["schemas"]
    operations = [operation for _, _, operation in operations_of(described, role)]
    answers = [answer for each in operations for answer in each["responses"].values()]
    wanted = _names_in([*operations, *(_resolve(described, answer) for answer in answers)])
    found: set[str] = set()
    while wanted:
        name = wanted.pop()
        found.add(name)
        wanted |= _names_in(shapes[name]) - found
    return [
        ShapeEntry(name, shapes[name].get("description", ""), tuple(_fields_of(shapes[name])))
        for name in sorted(found)
        if "properties" in shapes[name]
    ]


def _names_in(described: object) -> set[str]:
    """The names of all shapes that a description points to."""
    if isinstance(described, dict):
        here = {shape_of(described)} if SHAPE in str(described.get("$ref", "")) else set()
        return here.union(*(_names_in(inner) for inner in described.values()))
    if isinstance(described, list):
        return set().union(*(_names_in(inner) for inner in described))
    return set()


def _operation(
    described: Plain, path: str, method: str, operation: Plain, here: str
) -> OperationEntry:
    example = EXAMPLES.get(operation["operationId"], {})
    address = path.format(**PLACES)
    if example.get("query"):
        address += "?" + urlencode(example["query"])
    answers = operation["responses"].get("200", {}).get("content", {})
    ok = answers.get(JSON_KIND, {})
    return OperationEntry(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        roles=tuple(role_words(role) for role in operation["x-roles"]),
        fields=(*_parameters(operation), *_body(described, operation)),
        answer_shape=shape_of(ok.get("schema", {})),
        answer_kind="" if JSON_KIND in answers else next(iter(answers), ""),
        refusals=tuple(
            (status, _resolve(described, said)["description"])
            for status, said in operation["responses"].items()
            if status != "200"
        ),
        call=_call(method, here + address, example.get("body"), operation),
        link=address if method == "get" and ANYONE in operation["x-roles"] else "",
    )


def _resolve(described: Plain, said: Plain) -> Plain:
    """What is said here, or at the place in the description that is pointed to."""
    found = described
    for part in said.get("$ref", "").split("/")[1:]:
        found = found[part]
    return found if "$ref" in said else said


def role_words(role: str) -> str:
    """Who that is, in the active language."""
    return gettext("anyone") if role == ANYONE else str(Role(role).label)


def _call(method: str, address: str, body: Plain | None, operation: Plain) -> str:
    words = ["curl"]
    kinds = operation.get("requestBody", {}).get("content", {})
    if method == "patch" or (method == "post" and not kinds):
        words += ["-X", method.upper()]
    if ANYONE not in operation["x-roles"]:
        words += ["-H", "Authorization: Bearer $TOKEN"]
    words += [
        word
        for parameter in operation["parameters"]
        if parameter["in"] == "header"
        for word in ("-H", f"{parameter['name']}: $(uuidgen)")
    ]
    if CSV_KIND in kinds:
        words += ["-H", f"Content-Type: {CSV_KIND}", "--data-binary", "@roster.csv"]
    elif kinds:
        words += ["-H", f"Content-Type: {JSON_KIND}", "-d", json.dumps(body, ensure_ascii=False)]
    return " ".join(_quote(word) for word in [*words, address])


def _quote(word: str) -> str:
    """For the shell, which fills in what stands behind a dollar sign of ours."""
    return f'"{word}"' if "$" in word else shlex.quote(word)


def _parameters(operation: Plain) -> list[FieldLine]:
    return [
        FieldLine(
            parameter["name"],
            holds(parameter["schema"]),
            parameter["required"],
            "",
            note_of(parameter),
            gettext("in a header") if parameter["in"] == "header" else gettext("in the address"),
        )
        for parameter in operation["parameters"]
    ]  # fmt: skip


def _body(described: Plain, operation: Plain) -> list[FieldLine]:
    content = operation.get("requestBody", {}).get("content", {})
    if CSV_KIND in content:
        note = content[CSV_KIND]["schema"]["description"]
        return [FieldLine(gettext("the body"), CSV_KIND, True, "", note)]
    schema = content.get("application/json", {}).get("schema", {})
    name = shape_of(schema)
    return _fields_of(described["components"]["schemas"][name] if name else schema)


def _fields_of(shape: Plain) -> list[FieldLine]:
    required = shape.get("required", ())
    return [
        FieldLine(name, holds(schema), name in required, shape_of(schema), note_of(schema))
        for name, schema in shape.get("properties", {}).items()
    ]


def note_of(described: Plain) -> str:
    """What is said of a field or parameter, or of what it holds if it is not left out."""
    inner = (described.get("schema"), described.get("items"), *described.get("anyOf", ()))
    notes = (str(described.get("description", "")), *map(note_of, filter(None, inner)))
    return next(filter(None, notes), "")


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
