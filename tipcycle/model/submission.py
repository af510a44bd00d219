"""What did a post answer? The shape of a submission file; docs/submission-format.md has a worked example.

Source: 09 STATE 97909 paras 4, 5 and 7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from tipcycle.model.plain_text import Line, Narrative, plain
from tipcycle.model.plan import AskedText, Pillar
from tipcycle.model.post import Iso3
from tipcycle.model.statistic import Statistic

SubmissionStep = Literal["demarche", "progress-report", "annual-submission"]
ItemStatus = Literal["implemented", "partly", "begun", "not begun", "reversed"]
StandardMet = Literal["yes", "partly", "no", "not known"]
Severity = Literal["blocker", "error", "warning", "info"]


class ItemAnswer(BaseModel):
    """What became of one recommendation; work by others counts only with the government's own role.

    `evidence` names what shows it, such as a law, a budget line or a court's record. `since` is the day on which it
    began, `done_on` the day on which it was complete.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line
    status: ItemStatus
    narrative: Narrative = ""
    by: Literal["government", "other"] = "government"
    government_role: Narrative = ""
    evidence: Line = ""
    since: date | None = None
    done_on: date | None = None


class StandardAnswer(BaseModel):
    """How a government stands to one minimum standard ("1") or one indicium of the fourth ("4.10") of that Report.

    `narrative` tells the concrete actions, `evidence` names what shows them. Source: 22 U.S.C. 7106(a) and (b).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Line
    met: StandardMet
    narrative: Narrative = ""
    evidence: Line = ""

    @field_validator("id", mode="before")
    @classmethod
    def _in_full(cls, said: object) -> object:
        """A 4.10 without quotes is the number 4.1 by the time it is read, which is another indicium."""
        if isinstance(said, float):
            raise ValueError('write the number of an indicium in quotes, such as "4.10"')
        return str(said) if isinstance(said, int) and not isinstance(said, bool) else said


class AddedRecommendation(BaseModel):
    """One thing that the post asked the government for on its own, beside the plan (seed para 4).

    It may stand in the non-paper, so its text is held to what the text of a plan is: one line, no bracketed note.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^POST[1-9][0-9]?$")]
    pillar: Pillar
    text: Annotated[AskedText, AfterValidator(plain)]


class Demarche(BaseModel):
    """That the non-paper was delivered, at which level, to whom, and how it was taken.

    `officials` are positions, never persons. `comments` are the host government's own (seed para 8 invites them);
    `recommendations_added` are what post asked for beside the plan.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    delivered_on: date
    level: Annotated[Line, Field(min_length=2, max_length=200)]
    officials: tuple[Annotated[Line, Field(min_length=3, max_length=200)], ...] = ()
    reaction: Narrative
    comments: Narrative = ""
    recommendations_added: tuple[AddedRecommendation, ...] = ()


class Submission(BaseModel):
    """One answer to one obligation; `standards` stand in an annual submission only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tipcycle: Literal["submission/1"]
    report_year: int
    step: SubmissionStep
    country: Iso3
    post: Line
    submitted_by: Line
    nothing_to_report: bool = False
    items: tuple[ItemAnswer, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    standards: tuple[StandardAnswer, ...] = ()
    demarche: Demarche | None = None
    remarks: Narrative = ""


@dataclass(frozen=True)
class SubmissionFinding:
    """One thing the gate has to say: where, what, how to mend it, and the paragraph behind it."""

    code: str
    severity: Severity
    where: str
    message: str
    remedy: str
    source: str


def worst_findings(findings: Sequence[SubmissionFinding], *, most: int = 200) -> tuple[SubmissionFinding, ...]:
    """All of them in their order, or the worst `most` and one that counts the rest: nobody reads a million lines."""
    if len(findings) <= most:
        return tuple(findings)
    by_severity = sorted(findings, key=lambda one: get_args(Severity).index(one.severity))
    rest = SubmissionFinding(
        "file.more_findings",
        "info",
        "file",
        f"There are {len(findings) - most:,} more findings, none of them worse.",
        "Mend these first, and check the file again.",
        "docs/submission-format.md",
    )
    return (*by_severity[:most], rest)


@dataclass(frozen=True)
class Accepted:
    """A version of an answer as it stands in the ledger; `version` counts from 1."""

    obligation: str
    version: int
    received_at: datetime
    late: bool
    complete: bool
    content_hash: str
    file_name: str
    submission: Submission
