"""How is one file of config/ read, so that every fault in it is told with its place, its value and its remedy?"""

from __future__ import annotations

import csv
import difflib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import yaml
from pydantic import BaseModel, ValidationError

from tipcycle.errors import Fault
from tipcycle.model.plain_yaml import load_plain_yaml

M = TypeVar("M", bound=BaseModel)
_PLAINLY = {
    "int_parsing": ("is no whole number", "write it in digits, such as 2010"),
    "int_type": ("is no whole number", "write it in digits, such as 2010"),
    "bool_parsing": ("is neither true nor false", "write one of them"),
    "bool_type": ("is neither true nor false", "write one of them"),
    "string_type": ("is no text", "write it in words"),
}


def read_yaml(path: Path, faults: list[Fault], *, file: str) -> Any:
    """The file's value, or None with a fault added."""
    try:
        return load_plain_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(file, "", "", "the file is missing; restore it"))
    except OSError as error:
        faults.append(Fault(file, "", "", f"cannot be read: {error.strerror}; name a file"))
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else ""
        faults.append(Fault(file, place, "", f"not YAML: {getattr(error, 'problem', error)}"))
    return None


def read_csv(path: Path, faults: list[Fault], *, file: str, columns: Sequence[str]) -> list[dict[str, str]]:
    """The rows of a CSV file by column name, or none with a fault added; further columns are kept."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                faults.append(Fault(file, "line 1", f"no column {missing[0]}", f"it needs {', '.join(columns)}"))
                return []
            return list(reader)
    except FileNotFoundError:
        faults.append(Fault(file, "", "", "the file is missing; restore it"))
    except UnicodeDecodeError as error:
        faults.append(Fault(file, f"byte {error.start}", "", "not UTF-8; save the file as UTF-8"))
    except csv.Error as error:
        faults.append(Fault(file, "", "", f"not CSV: {error}"))
    return []


def validated(model: type[M], data: Any, faults: list[Fault], *, file: str, label: str = "") -> M | None:
    """`data` as a `model`, or None with every fault of it added; `label` names the entry in its file."""
    if data is None:
        return None  # unreadable or missing, which was told already
    try:
        return model.model_validate(data)
    except ValidationError as error:
        told = [problem["loc"] for problem in error.errors()]
        for problem in error.errors():
            below = any(len(loc) > len(problem["loc"]) and loc[: len(problem["loc"])] == problem["loc"] for loc in told)
            if problem["type"] == "too_short" and below:
                continue  # what is in the list is faulty, and was told
            place = _place(data, problem["loc"])
            if "is not an IANA zone" in problem["msg"]:
                faults.append(_zone_fault(file, label, place, str(problem["input"])))
                continue
            faults.append(Fault(file, " ".join(filter(None, (label, place))).rstrip(":"), *_value_and_remedy(problem)))
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


def fingerprint(config_dir: Path) -> tuple[tuple[str, int, int], ...]:
    """Path, moment of change and size of every file: equal as long as nobody edits config/."""
    return tuple(sorted(_stamps(config_dir))) if config_dir.is_dir() else ()


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    # Asked by every operation, so by entries of folders and not by paths: a tenth of the time.
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _stamps(Path(entry.path))
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size


def config_faults(faults: Sequence[Fault]) -> list[Fault]:
    """The faults with their files named from the project's root."""
    return [Fault(f"config/{fault.file}", fault.place, fault.value, fault.remedy) for fault in faults]


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


def _zone_fault(file: str, label: str, place: str, zone: str) -> Fault:
    """`post "Baku": time_zone "Asia/Bakku" is not an IANA zone; did you mean "Asia/Baku"?`."""
    near = closest(zone, sorted(available_timezones())).removeprefix("; ") or "name one such as Africa/Dakar"
    return Fault(file, label.rstrip(":"), f'{place} "{zone}" is not an IANA zone', near)


def _value_and_remedy(problem: Any) -> tuple[str, str]:
    value, kind, message = problem["input"], problem["type"], problem["msg"]
    shown = "" if isinstance(value, (dict, list)) else f'"{_short(str(value))}"'
    if kind == "extra_forbidden":
        return "unknown key", "remove it or correct its spelling"
    if kind == "missing":
        return "missing", "add it"
    if kind == "value_error":
        message = message.removeprefix("Value error, ")
        return shown, message
    if kind.startswith(("date", "datetime")):
        return f"{shown} is not a date", "write one that exists as YYYY-MM-DD"
    if kind == "too_short":
        return "is empty", "name at least one"
    if (kind == "string_type" and value is None) or (kind == "string_too_short" and not value):
        return "is empty", "write it"
    if kind == "string_too_long":
        most = problem["ctx"]["max_length"]
        return f"{shown} has {len(value.split()):,} words", f"write at most {most:,} characters, or make several of it"
    if kind == "string_too_short":
        return f"{shown} is too short", f"write at least {problem['ctx']['min_length']} characters"
    if kind in _PLAINLY:
        return f"{shown} {_PLAINLY[kind][0]}".strip(), _PLAINLY[kind][1]
    if kind == "literal_error":
        expected = problem["ctx"]["expected"]
        return f"{shown} is not known", f"use one of {expected}"
    return shown, message


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
