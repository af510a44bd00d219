"""Let one submission in though a rule refuses it: by a position of the Department, for a reason, until a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from tipcycle.errors import StoreError, SubmissionError
from tipcycle.intake.read_submission import read_submission
from tipcycle.model.keys import obligation_key
from tipcycle.model.rule_waiver import RuleWaiver
from tipcycle.model.signing_code import Deed, deed_of
from tipcycle.model.submission import Submission
from tipcycle.operations.approval import require_position, require_reason
from tipcycle.operations.context import Context, context
from tipcycle.operations.require_code import deciding, require_code
from tipcycle.operations.waive_obligation import WaiverPreview
from tipcycle.settings import settings
from tipcycle.store import Store
from tipcycle.submissions.gate import content_hash
from tipcycle.submissions.waived import may_be_waived


def waive_rule(
    path: Path,
    *,
    code: str,
    reason: str,
    approver: str,
    until_on: date,
    at: datetime,
    signing_code: str | None = None,
) -> str:
    """Waive one rule (`code`) for the answer in this file, in whatever form it comes; return a line to show.

    Raises `SubmissionError` for a file that cannot be read, `StoreError` for what cannot be waived or by whom. A form
    gives the one-time `signing_code` (decision 0019).
    """
    cycle, submission = _read(path, code=code, reason=reason, approver=approver, until_on=until_on, at=at)
    with deciding(cycle.settings.ledger_url) as store:
        store.require_possible(at)
        waiver = _waiver(store, submission, code=code, reason=reason, approver=approver, until_on=until_on, at=at)
        for one in store.rule_waivers.of(waiver.obligation, waiver.content_hash):
            if replace(waiver, number=one.number, recorded_at=one.recorded_at) == one:
                raise StoreError(f"{waiver.obligation}: waiver {one.number} says the same already")
        signed = require_code(store, _to_sign(submission, waiver), signing_code, at=at)
        store.rule_waivers.add(waiver)
        until = str(until_on)
        store.acts.add(
            "waive-rule", waiver.obligation, actor=approver, at=at, code=code, reason=reason, until_on=until, **signed
        )
    return f"{waiver.obligation}: {waiver.told}"


def preview_rule_waiver(
    path: Path, *, code: str, reason: str, approver: str, until_on: date, at: datetime
) -> WaiverPreview:
    """What would be waived; nothing is written. Raises as the waiver itself would."""
    cycle, submission = _read(path, code=code, reason=reason, approver=approver, until_on=until_on, at=at)
    with Store.read(cycle.settings.ledger_url) as store:
        waiver = _waiver(store, submission, code=code, reason=reason, approver=approver, until_on=until_on, at=at)
    deed = _to_sign(submission, waiver)
    return WaiverPreview(deed.lines, deed)


def _read(
    path: Path, *, code: str, reason: str, approver: str, until_on: date, at: datetime
) -> tuple[Context, Submission]:
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
    return cycle, submission


def _waiver(
    store: Store, submission: Submission, *, code: str, reason: str, approver: str, until_on: date, at: datetime
) -> RuleWaiver:
    key = obligation_key(submission.report_year, submission.step, submission.country)
    return RuleWaiver(
        number=store.rule_waivers.next_number(),
        obligation=store.obligations.get(key).key,
        content_hash=content_hash(submission),
        code=code,
        reason=reason,
        approver=approver,
        until_on=until_on,
        recorded_at=at,
    )


def _to_sign(submission: Submission, waiver: RuleWaiver) -> Deed:
    return deed_of(
        submission.report_year,
        "waive",
        waiver.approver,
        what=f"waive {waiver.code} for the {submission.step} of {submission.country}",
        lines=[f"{waiver.obligation}: {waiver.told}"],
        reason=waiver.reason,
        decided=[
            waiver.obligation,
            waiver.content_hash,
            waiver.code,
            waiver.reason.strip(),
            waiver.until_on.isoformat(),
        ],
    )


def _require_of_department(cycle: Context, approver: str) -> None:
    """A post does not lift the rules that its own figures are held to."""
    require_position(cycle.config, approver)
    if cycle.config.positions[approver].post is not None:
        raise StoreError(f"{approver} is at a post; rules are waived by the Department, such as gtip.director")
