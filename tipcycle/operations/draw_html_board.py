"""The board as HTML: the first page of a cycle and one for each bureau, for the intake to show or to keep as files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tipcycle.operations.board_facts import bureau_board, bureaus_of, cycle_board
from tipcycle.operations.context import Context, context
from tipcycle.operations.read_clearances import read_clearances
from tipcycle.operations.read_status import read_status
from tipcycle.operations.read_waiting import read_waiting
from tipcycle.rendering.board_page import render_bureau_board, render_cycle_board, render_empty_board
from tipcycle.settings import settings
from tipcycle.store import Store


@dataclass(frozen=True)
class HtmlBoard:
    """All pages by file name, `index.html` the first; none while no cycle was ever opened."""

    report_year: int | None
    pages: dict[str, str]


def draw_first_page(at: datetime, report_year: int | None = None, *, link: Callable[[str], str]) -> str:
    """The first page of the cycle (the latest, if none is named); `link` gives the address of a bureau's page."""
    with Store.read(settings().ledger_url) as store:
        year = report_year or _latest(store)
        if year is None or store.cycles.find(year) is None:
            which = f"cycle {year}" if year else "a cycle"
            return render_empty_board(settings().config_dir / "templates", which)
        cycle, at = context(year), _moment(store, at)
        status = read_status(year)
        waiting = read_waiting(store, cycle, status=status, clearances=read_clearances(year))
        shown = cycle_board(store, cycle, at, status=status, waiting=len(waiting))
    return render_cycle_board(shown, cycle.templates, links={one.bureau: link(one.bureau) for one in shown.bureaus})


def draw_bureau_page(bureau: str, at: datetime, report_year: int | None = None, *, back: str) -> str | None:
    """The page of one bureau, named in any case; None if there is no such bureau or no cycle yet."""
    with Store.read(settings().ledger_url) as store:
        year = report_year or _latest(store)
        if year is None or store.cycles.find(year) is None:
            return None
        cycle = context(year)
        known = next((one for one in bureaus_of(cycle) if one.casefold() == bureau.casefold()), None)
        if known is None:
            return None
        shown = bureau_board(store, cycle, known, _moment(store, at))
    return render_bureau_board(shown, cycle.templates, back=back)


def draw_html_board(at: datetime, report_year: int | None = None) -> HtmlBoard:
    """Every page, each linking the others as files of one folder."""
    with Store.read(settings().ledger_url) as store:
        year = report_year or _latest(store)
        if year is None or store.cycles.find(year) is None:
            return HtmlBoard(year, {})
        cycle: Context = context(year)
    pages = {"index.html": draw_first_page(at, year, link=_file)}
    for bureau in bureaus_of(cycle):
        page = draw_bureau_page(bureau, at, year, back="index.html")
        if page:
            pages[_file(bureau)] = page
    return HtmlBoard(year, pages)


def _file(bureau: str) -> str:
    return f"{bureau}.html"


def _latest(store: Store) -> int | None:
    return max((row.report_year for row in store.cycles.all()), default=None)


def _moment(store: Store, at: datetime) -> datetime:
    """`at`; on a rehearsal's ledger, which has a time of its own, the last tick's."""
    return (store.last_tick_at() or at) if store.is_rehearsal else at
