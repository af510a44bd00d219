"""The board as files: the pages of /board, to lay onto a share or to print."""

from __future__ import annotations

import argparse
from pathlib import Path

from tipcycle.cli.options import add_json, add_year, now, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder, and perhaps the cycle."""
    parser.add_argument(
        "--html", type=Path, required=True, metavar="FOLDER", help="write index.html and a page for each bureau here"
    )
    add_year(parser, required=False)
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Write every page; each appears whole, and only pages of an earlier board are written over."""
    from tipcycle.errors import StoreError
    from tipcycle.operations.draw_html_board import draw_html_board
    from tipcycle.operations.keep_board import keep_board

    board = draw_html_board(now(), parsed.report_year)
    if not board.pages:
        which = f"cycle {board.report_year}" if board.report_year else "no cycle"
        raise StoreError(f"{which} is {'not ' if board.report_year else ''}open; run: tipcycle open-cycle")
    written = keep_board(board.pages, parsed.html)
    if parsed.json:
        print_json({"report_year": board.report_year, "files": [str(path) for path in written]})
    else:
        print(f"cycle {board.report_year}: {len(written)} pages, to be opened at {written[0]}")
    return 0
