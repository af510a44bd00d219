"""What came of reading a file? A submission with the place of each of its parts, or the findings that say why none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from tipcycle.model.submission import Submission, SubmissionFinding, worst_findings

SOURCE = "docs/submission-format.md"
_LAST_PART = re.compile(r"(?:\.[a-z_]+|\[\d+\])$")


@dataclass(frozen=True)
class Read:
    """Either a submission, or the findings that say why there is none.

    `places` tells where in the file a part stands, by the part's path in the form (`items[2].status`: the cell
    `Recommendations!D6`); it is empty where the path says it well enough. `plan_version` is that of the plan which
    the form was made for, None where the form does not say.
    """

    submission: Submission | None
    findings: tuple[SubmissionFinding, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    plan_version: str | None = None

    def placed(self, findings: Iterable[SubmissionFinding]) -> tuple[SubmissionFinding, ...]:
        """The findings of the gate, each with its place in the file instead of its path in the form."""
        return tuple(replace(one, where=self._place(one.where)) for one in findings)

    def _place(self, path: str) -> str:
        part = path
        while part not in self.places:
            shorter = _LAST_PART.sub("", part)
            if shorter == part:
                return path
            part = shorter
        return self.places[part]


def refused(code: str, where: str, message: str, remedy: str) -> Read:
    """A file that is no submission, for one reason."""
    return Read(None, (SubmissionFinding(code, "blocker", where, message, remedy, SOURCE),))


def read_form(data: object, *, places: Mapping[str, str] | None = None, plan_version: str | None = None) -> Read:
    """The submission in a mapping of the form's fields, or a finding for each field that is not as the form says."""
    try:
        submission = Submission.model_validate(data)
    except ValidationError as error:
        read = Read(None, places=places or {})
        findings = [_finding(problem) for problem in error.errors(include_url=False, include_input=False)]
        return replace(read, findings=read.placed(worst_findings(findings)))
    except RecursionError:
        return refused("file.unreadable", "file", "The file is nested too deeply.", "Use the form's layout.")
    return Read(submission, places=places or {}, plan_version=plan_version)


def _finding(problem: Any) -> SubmissionFinding:
    where = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
    match problem["type"]:
        case "extra_forbidden":
            message, remedy = "This field is not in the form.", "Remove it or correct its spelling."
        case "missing":
            message, remedy = "This field is missing.", "Add it."
        case "int_type" | "int_parsing" | "int_from_float":
            message, remedy = "This is no count.", "Write it in digits only: no separators, decimals or estimates."
        case _:
            message, remedy = f"{problem['msg'].removeprefix('Value error, ')}.", "Correct it as the form says."
    return SubmissionFinding("file.field", "blocker", where.lstrip(".")[:200] or "form", message, remedy, SOURCE)
