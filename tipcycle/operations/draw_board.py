"""The status board of a cycle as Markdown: steps with their three dates, then a line a bureau and post."""

from __future__ import annotations

from tipcycle.operations.context import context
from tipcycle.operations.read_status import read_status
from tipcycle.rendering.templates import render


def draw_board(report_year: int) -> str:
    """The board as of the last tick."""
    return render(context(report_year).templates, "status_board.md.j2", status=read_status(report_year))
