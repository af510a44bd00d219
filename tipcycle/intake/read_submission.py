"""What does a submission file say? YAML (JSON is YAML too) with an end mark, read without trusting it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tipcycle.model.submission import Submission, SubmissionFinding

END_MARK = "..."
_DEEPEST = 20
_SOURCE = "docs/submission-format.md"


@dataclass(frozen=True)
class Read:
    """Either a submission, or the findings that say why there is none."""

    submission: Submission | None
    findings: tuple[SubmissionFinding, ...] = ()


def read_submission(path: Path, *, max_bytes: int) -> Read:
    """Read one file; whatever it holds, the outcome is a value and never an exception."""
    size = path.stat().st_size
    if size > max_bytes:
        return _refused(
            "file.too_large",
            path.name,
            f"The file has {size:,} bytes; the most that is read is {max_bytes:,}.",
            "Send the form itself, without attachments.",
        )
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _refused(
            "file.unreadable",
            f"byte {error.start}",
            "The file is not text in UTF-8.",
            "Save it as UTF-8 text in the form's layout.",
        )
    if "\x00" in text:
        return _refused(
            "file.unreadable", f"byte {text.index(chr(0))}", "The file is binary.", "Send the form as text."
        )
    if text.rstrip().rpartition("\n")[2] != END_MARK:
        return _refused(
            "file.truncated",
            f"line {text.count(chr(10)) + 1}",
            f'The file does not end with the end mark "{END_MARK}", so a part of it may be missing.',
            f'Send it again, whole; its last line is "{END_MARK}".',
        )
    return _parse(text)


def _parse(text: str) -> Read:
    try:
        for depth, event in _with_depth(yaml.parse(text, Loader=yaml.CSafeLoader)):
            if isinstance(event, yaml.AliasEvent):
                return _refused(
                    "file.unreadable",
                    f"line {_line(event)}",
                    "The file uses YAML aliases, which the form does not have.",
                    "Write the value out.",
                )
            if depth > _DEEPEST:
                return _refused(
                    "file.unreadable",
                    f"line {_line(event)}",
                    f"The file is nested more than {_DEEPEST} levels deep, which the form never is.",
                    "Use the form's layout.",
                )
        data = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 - a safe loader, made stricter
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "file"
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        return _refused("file.unreadable", place, f"The file is not YAML: {problem}.", "Correct it at that place.")
    if not isinstance(data, dict):
        return _refused("file.unreadable", "line 1", "The file is not the form.", "Use the form's layout.")
    try:
        return Read(Submission.model_validate(data))
    except ValidationError as error:
        return Read(None, tuple(_finding(problem) for problem in error.errors()))


def _with_depth(events: Iterable[yaml.Event]) -> Iterator[tuple[int, yaml.Event]]:
    """Each event with the number of collections around it: the loader after this one recurses, and could be overrun."""
    depth = 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent)
        yield depth, event
        depth -= isinstance(event, yaml.CollectionEndEvent)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class _PlainLoader(yaml.CSafeLoader):
    """Dates stay text; the model reads them."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def _finding(problem: Any) -> SubmissionFinding:
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    if problem["type"] == "extra_forbidden":
        message, remedy = "This field is not in the form.", "Remove it or correct its spelling."
    elif problem["type"] == "missing":
        message, remedy = "This field is missing.", "Add it."
    else:
        message, remedy = f"{problem['msg']}.", "Correct it as the form says."
    return SubmissionFinding("file.field", "blocker", where.lstrip("."), message, remedy, _SOURCE)


def _refused(code: str, where: str, message: str, remedy: str) -> Read:
    return Read(None, (SubmissionFinding(code, "blocker", where, message, remedy, _SOURCE),))
