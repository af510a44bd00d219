"""The status board of a cycle as Markdown: steps with their three dates, then a line a bureau and post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from tipcycle.operations.context import context
from tipcycle.operations.read_status import read_board
from tipcycle.rendering.form_link import form_link
from tipcycle.rendering.templates import render
from tipcycle.settings import settings
from tipcycle.store import Store


@dataclass(frozen=True)
class Board:
    """`text` is the board; `remark` says why there is nothing on it yet, and is empty once there is."""

    text: str
    remark: str = ""


def draw_board(report_year: int, forms: Mapping[str, str]) -> Board:
    """The board as of the last tick; `forms` maps the name of each deployment to the address of its form in the UI."""
    with Store.read(settings().ledger_url) as store:
        opened = store.cycles.find(report_year)
    if opened is None:  # out of season the tick goes on: what other cycles owe is sent
        remark = f"cycle {report_year} is not open yet"
        return Board(f"# Cycle {report_year}\n\n{remark.capitalize()}.\n", remark)
    text = render(
        context(report_year).templates,
        "status_board.md.j2",
        status=read_board(report_year),
        board_url=settings().board_url,
        link=partial(form_link, forms),
    )
    return Board(text)
