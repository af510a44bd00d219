"""Which recommendations or placements stand in a file? YAML (a list) or CSV (a row a country), faults by line."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from tipcycle.errors import ConfigError, Fault
from tipcycle.model.plain_yaml import load_plain_yaml

F = TypeVar("F", bound=BaseModel)
LARGEST = 2_000_000  # bytes; 200 countries with a page each take half of it


def read_tier_forms(path: Path, form: type[F]) -> list[F]:
    """Every entry as a form, in order; raises `ConfigError` with every fault and its line. CSV by its ending."""
    file = path.name
    try:
        if path.stat().st_size > LARGEST:
            raise ConfigError([Fault(file, "", f"is larger than {LARGEST:,} bytes", "name another file")])
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError([Fault(str(path), "", str(error.strerror), "name a file that can be read")]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8")]) from error
    entries = _csv_entries(text, file) if path.suffix.lower() == ".csv" else _yaml_entries(text, file)
    if not entries:
        raise ConfigError([Fault(file, "", "holds no entry", "write one for each country")])
    faults: list[Fault] = []
    forms = [one for line, entry in entries for one in _validated(form, entry, faults, file=file, line=line)]
    if faults:
        raise ConfigError(faults)
    return forms


def filled_form(form: type[F], values: dict[str, Any]) -> F:
    """One form from what was typed; raises `ConfigError` with every fault."""
    faults: list[Fault] = []
    made = _validated(form, values, faults, file="what was typed", line=1)
    if faults:
        raise ConfigError(faults)
    return made[0]


def _csv_entries(text: str, file: str) -> list[tuple[int, dict[str, Any]]]:
    """Each row with the line on which it begins; empty cells are left out."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    entries = []
    begins = 2
    try:
        for row in reader:
            if None in row or None in row.values():
                raise ConfigError([Fault(file, f"line {begins}", "has not as many cells as the header", "correct it")])
            entries.append((begins, {name.strip(): cell.strip() for name, cell in row.items() if cell.strip()}))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise ConfigError(
            [Fault(file, f"line {reader.line_num}", f"not CSV: {error}", "correct its quotes")]
        ) from error
    return [(line, entry) for line, entry in entries if entry]


def _yaml_entries(text: str, file: str) -> list[tuple[int, Any]]:
    try:
        value = load_plain_yaml(text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        raise ConfigError([Fault(file, place, "", f"not YAML: {getattr(error, 'problem', error)}")]) from error
    if not isinstance(value, list) or not isinstance(node, yaml.SequenceNode):
        raise ConfigError([Fault(file, "line 1", "is no list", "begin each country with a dash")])
    return [(one.start_mark.line + 1, entry) for one, entry in zip(node.value, value, strict=True)]


def _validated(form: type[F], entry: Any, faults: list[Fault], *, file: str, line: int) -> list[F]:
    if not isinstance(entry, dict):
        faults.append(Fault(file, f"line {line}", "is no entry", f"name its fields: {', '.join(form.model_fields)}"))
        return []
    try:
        return [form.model_validate(entry)]
    except ValidationError as error:
        for problem in error.errors():
            field = ".".join(str(part) for part in problem["loc"])
            country = f"{entry['country']}: " if isinstance(entry.get("country"), str) else ""
            faults.append(Fault(file, f"line {line}", f"{country}{field}", _remedy(problem)))
        return []


def _remedy(problem: Any) -> str:
    match problem["type"]:
        case "missing":
            return "is missing; add it"
        case "extra_forbidden":
            return "unknown field; remove it or correct its spelling"
        case "literal_error":
            return f'"{problem["input"]}" is not known; use one of {problem["ctx"]["expected"]}'
        case _:
            return str(problem["msg"])
