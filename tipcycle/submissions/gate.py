"""Is a submission taken? Blockers refuse it; an error lets it in as partial; the rest is said and kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from tipcycle.model.submission import Submission, SubmissionFinding, worst_findings
from tipcycle.submissions import RULES
from tipcycle.submissions.rule import Facts


@dataclass(frozen=True)
class Verdict:
    """`accepted` unless there is a blocker; `complete` unless there is an error."""

    findings: tuple[SubmissionFinding, ...]

    @property
    def accepted(self) -> bool:
        """Whether it may stand in the ledger."""
        return all(finding.severity != "blocker" for finding in self.findings)

    @property
    def complete(self) -> bool:
        """Whether nothing that was asked is left out."""
        return self.accepted and all(finding.severity != "error" for finding in self.findings)


def judge(submission: Submission, facts: Facts) -> Verdict:
    """Every finding of every rule, in the order of `RULES`; of very many the worst."""
    return Verdict(worst_findings([finding for rule in RULES for finding in rule(submission, facts)]))


def content_hash(submission: Submission) -> str:
    """The same for the same content, however its file was written: spaces, order of keys, comments, form.

    What a file leaves out is left out here too, so that a new field of the form changes no hash of an older answer.
    """
    content = submission.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
