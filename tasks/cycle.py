"""Opening a cycle and showing where it stands."""

from __future__ import annotations

from datetime import datetime

from prefect import get_client, task
from prefect.cache_policies import NO_CACHE

from tasks.by_hand import task_by_hand
from tasks.forms import forms_by_hand, links
from tasks.pages import publish_page
from tipcycle.operations.close_cycle import ClosingReport, close_cycle
from tipcycle.operations.correct_list import ListChange, correct_list
from tipcycle.operations.draw_board import draw_board
from tipcycle.operations.open_cycle import OpenCycleReport, open_cycle


@task(name="open-cycle", cache_policy=NO_CACHE, timeout_seconds=120, retries=2, retry_delay_seconds=10)
async def do_what_opening_owes(report_year: int, at: datetime) -> OpenCycleReport:
    """Open the cycle, or record its special watch list; a retry changes nothing."""
    return open_cycle(report_year, at)


@task_by_hand(name="close-cycle", timeout_seconds=300)
async def show_or_sign_roll_over(report_year: int, position: str, *, signed: str, at: datetime) -> ClosingReport:
    """Draw the roll-over diff, or close the cycle under the signature of that very diff."""
    return close_cycle(report_year, position=position, signed=signed, at=at)


@task_by_hand(name="correct-special-watch-list", timeout_seconds=120)
async def correct_special_watch_list(
    report_year: int, *, position: str, reason: str, at: datetime, preview: bool
) -> ListChange:
    """Bring the list up to the placements, or show what that would change."""
    return correct_list(report_year, position=position, reason=reason, at=at, preview=preview)


@task(name="show-board", cache_policy=NO_CACHE, timeout_seconds=60, retries=2, retry_delay_seconds=10)
async def show_board(report_year: int) -> str:
    """Publish the status board of the cycle; why there is nothing on it, or an empty text."""
    async with get_client() as client:
        board = draw_board(report_year, links(await forms_by_hand(client)))
    await publish_page(board.text, key=f"status-board-{report_year}")
    return board.remark
