"""Let one submission in though a rule refuses it: by a position of the Department, for a reason, until a day."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from tipcycle.errors import StoreError, SubmissionError
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.keys import obligation_key
from tipcycle.model.rule_waiver import RuleWaiver
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.submissions.gate import content_hash
from tipcycle.submissions.waived import may_be_waived


def waive_rule(path: Path, *, code: str, reason: str, approver: str, until_on: date, at: datetime) -> str:
    """Waive one rule for the answer in this file, in whatever form it comes; return a line to show.

    Raises `SubmissionError` for a file that cannot be read, `StoreError` for what cannot be waived or by whom.
    """
    now = settings()
    submission = read_submission(path, max_bytes=now.max_submission_bytes, key=now.signing_secret).submission
    if submission is None:
        raise SubmissionError(f"{path}: cannot be read as a submission; tipcycle check says why")
    cycle = context(submission.report_year)
    require_reason("a rule is waived", reason)
    _require_of_department(cycle, approver)
    if not may_be_waived(code):
        raise StoreError(f'"{code}" is not waived; only what is wrong with a figure or an answer is')
    if until_on < cycle.places.washington.local_date(at):
        raise StoreError(f"{until_on} is over already; name a day to come")
    with Store.begin(now.ledger_url) as store:
        store.require_possible(at)
        key = obligation_key(submission.report_year, submission.step, submission.country)
        waiver = RuleWaiver(
            number=store.rule_waivers.next_number(),
            obligation=store.obligations.get(key).key,
            content_hash=content_hash(submission),
            code=code,
            reason=reason,
            approver=approver,
            until_on=until_on,
            recorded_at=at,
        )
        store.rule_waivers.add(waiver)
        store.acts.add("waive-rule", key, actor=approver, at=at, code=code, reason=reason, until_on=str(until_on))
    return f"{key}: {waiver.told}"


def _require_of_department(cycle: Context, approver: str) -> None:
    """A post does not lift the rules that its own figures are held to."""
    require_position(cycle.config, approver)
    if cycle.config.positions[approver].post is not None:
        raise StoreError(f"{approver} is at a post; rules are waived by the Department, such as gtip.director")
