"""How is one file of config/ read, so that every fault in it is told with its place, its value and its remedy?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import yaml
from pydantic import BaseModel, ValidationError

from tipcycle.errors import Fault

M = TypeVar("M", bound=BaseModel)


class _Loader(yaml.CSafeLoader):
    """YAML without surprises: dates stay text until their model reads them, NO is Norway, no key stands twice."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag != "tag:yaml.org,2002:timestamp" and not (tag == "tag:yaml.org,2002:bool" and first not in "tTfF")
    ]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.constructor.ConstructorError(
            None, None, f"the key {sorted(twice)[0]!r} stands twice", node.start_mark
        )
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_text(text: str | bytes) -> Any:
    """The value of one YAML document; raises `yaml.YAMLError`."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, made stricter


def read_yaml(path: Path, faults: list[Fault], *, file: str) -> Any:
    """The file's value, or None with a fault added."""
    try:
        return load_text(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(file, "", "", "the file is missing; restore it"))
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        faults.append(Fault(file, place, "", f"not YAML: {getattr(error, 'problem', error)}"))
    return None


def validated(model: type[M], data: Any, faults: list[Fault], *, file: str, label: str = "") -> M | None:
    """`data` as a `model`, or None with every fault of it added; `label` names the entry in its file."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for problem in error.errors():
            place = _place(data, problem["loc"])
            faults.append(Fault(file, " ".join(filter(None, (label, place))), *_value_and_remedy(problem)))
        return None


def validated_list(model: type[M], data: Any, faults: list[Fault], *, file: str, noun: str, name: str) -> list[M]:
    """Each entry of a list as a `model`; faulty ones are left out and their faults added."""
    if not isinstance(data, list):
        if data is not None:
            faults.append(Fault(file, "", "", f"must be a list of {noun} entries"))
        return []
    entries = []
    for number, entry in enumerate(data, 1):
        called = entry.get(name) if isinstance(entry, dict) else None
        label = f'{noun} "{called}":' if called else f"{noun} number {number}:"
        entry_model = validated(model, entry, faults, file=file, label=label)
        if entry_model:
            entries.append(entry_model)
    return entries


def closest(value: str, known: Sequence[str]) -> str:
    """`; did you mean "x"?`, or nothing when nothing is near."""
    near = difflib.get_close_matches(value, known, n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def _place(data: Any, location: tuple[int | str, ...]) -> str:
    """`steps.progress-report.planned_on`: list numbers are replaced by the entry's id where it has one."""
    parts: list[str] = []
    for step in location:
        if isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            parts.append(str(data["id"]) if isinstance(data, dict) and "id" in data else str(step + 1))
        else:
            data = data.get(step) if isinstance(data, dict) else None
            parts.append(str(step))
    return ".".join(parts)


def _value_and_remedy(problem: Any) -> tuple[str, str]:
    value, kind, message = problem["input"], problem["type"], problem["msg"]
    shown = "" if isinstance(value, (dict, list)) else f'"{value}"'
    if kind == "extra_forbidden":
        return "unknown key", "remove it or correct its spelling"
    if kind == "missing":
        return "missing", "add it"
    if kind == "value_error":
        message = message.removeprefix("Value error, ")
        if message == "is not an IANA zone":
            return f"{shown} {message}", "name a zone" + closest(str(value), sorted(available_timezones()))
        return shown, message
    if kind.startswith(("date", "datetime")):
        return f"{shown} is not a date", "write one that exists as YYYY-MM-DD"
    if kind == "too_short":
        return "is empty", "name at least one"
    if kind == "literal_error":
        expected = problem["ctx"]["expected"]
        return f"{shown} is not known", f"use one of {expected}"
    return shown, message
