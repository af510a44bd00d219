"""What does a submission file say? YAML (JSON is YAML too) with an end mark, read without trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tipcycle.model.plain_yaml import load_plain_yaml
from tipcycle.model.submission import Submission, SubmissionFinding

END_MARK = "..."
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
        data = load_plain_yaml(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}" if mark else "file"
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        return _refused(
            "file.unreadable",
            place,
            f"The file is not YAML as the form uses it: {problem}.",
            "Correct it at that place.",
        )
    if not isinstance(data, dict):
        return _refused("file.unreadable", "line 1", "The file is not the form.", "Use the form's layout.")
    try:
        return Read(Submission.model_validate(data))
    except ValidationError as error:
        return Read(None, tuple(_finding(problem) for problem in error.errors()))


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
