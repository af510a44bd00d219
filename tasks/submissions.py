"""Taking in what posts sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from prefect import task
from prefect.cache_policies import NO_CACHE

from tasks.by_hand import task_by_hand
from tipcycle.operations.take_bounces import TakenBounce, bounces_to_take, take_bounces
from tipcycle.operations.take_in import Intake, files_to_take_in, take_in_each
from tipcycle.operations.take_in_by_hand import ByHand, take_in_by_hand
from tipcycle.operations.take_in_one import find_refused
from tipcycle.operations.waive_obligation import WaiverPreview
from tipcycle.operations.waive_rule import preview_rule_waiver
from tipcycle.operations.waive_rule import waive_rule as waive


@task(name="look-into-inbox", cache_policy=NO_CACHE, timeout_seconds=60)
async def waiting_files() -> list[Path]:
    """The files that wait."""
    return files_to_take_in()


@task(name="take-in", cache_policy=NO_CACHE, timeout_seconds=600)
async def take_in_files(paths: Sequence[Path], at: datetime) -> Intake:
    """Decide each file by itself."""
    return take_in_each(paths, at)


@task(name="take-bounces", cache_policy=NO_CACHE, timeout_seconds=600)
async def take_waiting_bounces(at: datetime) -> list[TakenBounce]:
    """Take in the mails that came back."""
    return take_bounces(bounces_to_take(), at)


@task_by_hand(name="take-in-by-hand", timeout_seconds=120)
async def take_in_one_file(
    post: str, *, upload: str, inbox_file: str, pasted_text: str, preview: bool, at: datetime
) -> ByHand:
    """Decide one file that a person names, or say what that would do."""
    return take_in_by_hand(
        upload=upload, inbox_file=inbox_file, pasted_text=pasted_text, preview=preview, at=at, post=post
    )


@task_by_hand(name="waive-rule", timeout_seconds=120)
async def waive_rule(
    file_name: str, *, rule: str, reason: str, approver: str, until_on: date, at: datetime, code: str
) -> str:
    """Lift one rule of the gate for the answer in a refused file."""
    return waive(
        find_refused(file_name),
        code=rule,
        reason=reason,
        approver=approver,
        until_on=until_on,
        at=at,
        signing_code=code,
    )


@task_by_hand(name="preview-rule-waiver", timeout_seconds=120)
async def show_rule_waiver(
    file_name: str, *, rule: str, reason: str, approver: str, until_on: date, at: datetime
) -> WaiverPreview:
    """Say what would be lifted; nothing is written."""
    return preview_rule_waiver(
        find_refused(file_name), code=rule, reason=reason, approver=approver, until_on=until_on, at=at
    )
