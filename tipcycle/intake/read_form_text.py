"""What does a submission in YAML or JSON say? Read without trusting it: no aliases, no field twice, no depth."""

from __future__ import annotations

import json
from typing import Any

import yaml

from tipcycle.intake.read_outcome import Read, read_form, refused
from tipcycle.model.plain_yaml import load_plain_yaml

END_MARK = "..."


def read_form_text(text: str) -> Read:
    """JSON needs no end mark: a document that was cut off cannot be parsed. YAML does."""
    if text.lstrip().startswith("{") and _last_line(text) != END_MARK:
        return _read_json(text)
    if _last_line(text) != END_MARK:
        return refused(
            "file.truncated",
            f"line {text.count(chr(10)) + 1}",
            f'The file does not end with the end mark "{END_MARK}", so a part of it may be missing.',
            f'Send it again, whole; its last line is "{END_MARK}".',
        )
    try:
        return _of_form(load_plain_yaml(text))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        return refused(
            "file.unreadable",
            f"line {mark.line + 1}" if mark else "file",
            f"The file is not YAML as the form uses it: {getattr(error, 'problem', None) or 'it cannot be parsed'}.",
            "Correct it at that place.",
        )


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2]


def _of_form(data: object) -> Read:
    if not isinstance(data, dict):
        return refused("file.unreadable", "line 1", "The file is not the form.", "Use the form's layout.")
    return read_form(data)


def _read_json(text: str) -> Read:
    try:
        return _of_form(json.loads(text, object_pairs_hook=_once, parse_constant=_no_number))
    except json.JSONDecodeError as error:
        return refused(
            "file.unreadable",
            f"line {error.lineno}",
            f"The file is not JSON: {error.msg.lower()}. A part of it may be missing.",
            "Correct it at that place, or send it again, whole.",
        )
    except RecursionError:
        return refused("file.unreadable", "file", "The file is nested too deeply.", "Use the form's layout.")
    except ValueError as error:
        return refused("file.unreadable", "file", f"The file is not JSON as the form uses it: {error}.", "Correct it.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f'the field "{key[:40]}" stands twice')
        found[key] = value
    return found


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")
