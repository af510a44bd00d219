"""The status board of a cycle as Markdown: steps with their three dates, then a line a bureau and post."""

from __future__ import annotations

from dataclasses import dataclass

from tipcycle.operations.context import context
from tipcycle.operations.read_status import read_board
from tipcycle.rendering.templates import render
from tipcycle.settings import settings
from tipcycle.store import Store


@dataclass(frozen=True)
class Board:
    """`text` is the board; `remark` says why there is nothing on it yet, and is empty once there is."""

    text: str
    remark: str = ""


def draw_board(report_year: int) -> Board:
    """The board as of the last tick."""
    with Store.read(settings().ledger_url) as store:
        opened = store.cycles.find(report_year)
    if opened is None:  # out of season the tick goes on: what other cycles owe is sent
        remark = f"cycle {report_year} is not open yet"
        return Board(f"# Cycle {report_year}\n\n{remark.capitalize()}.\n", remark)
    templates, url = context(report_year).templates, settings().board_url
    return Board(render(templates, "status_board.md.j2", status=read_board(report_year), board_url=url))
