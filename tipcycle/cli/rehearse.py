"""Run a cycle on a fast clock, with real flows and receivers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tipcycle.cli.options import add_json, add_year, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The play, its seed, and where it is written."""
    add_year(parser)
    parser.add_argument("--seed", type=int, default=7, help="what the simulated posts do follows from it (default 7)")
    parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="stop after this virtual day")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default var/rehearsal/YEAR; emptied first")
    parser.add_argument("--prefect-api", metavar="URL", help="use this Prefect server instead of an own one")
    parser.add_argument("--keep-server", action="store_true", help="leave the Prefect UI up until Ctrl-C")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Shows each virtual day, then a table and where to look; a signal ends it on the spot."""
    from tipcycle.service.end_on_signals import ends_on_signals

    with ends_on_signals("tipcycle rehearse: stopped"):
        _rehearse(parsed)
    return 0


def _rehearse(parsed: argparse.Namespace) -> None:
    from tipcycle.service.rehearsal.rehearse import Rehearsal, last_day, rehearse
    from tipcycle.service.rehearsal.stage import stage
    from tipcycle.settings import settings

    folder = (parsed.out or settings().var_dir / "rehearsal" / str(parsed.report_year)).resolve()
    what = Rehearsal(parsed.report_year, parsed.seed, parsed.until or last_day(parsed.report_year))
    print(f"Starting a Prefect server and three receivers for this rehearsal in {folder} …", file=sys.stderr)
    with stage(folder, prefect_api=parsed.prefect_api, keep_server=parsed.keep_server) as ready:
        print(f"Ready after {ready.startup_s:.1f} s. Rehearsing cycle {parsed.report_year}.", file=sys.stderr)
        with _Bar() as progress:
            summary = rehearse(what, ready, progress)
        if parsed.json:
            print_json(summary)
        else:
            _print(summary, folder)
        sys.stdout.flush()
        if parsed.keep_server and ready.server:
            print(f"Prefect UI: {ready.server.ui_url}  (Ctrl-C ends it)", file=sys.stderr)
            ready.server.wait()


class _Bar:
    """A progress bar on a terminal; elsewhere a line a virtual month."""

    def __enter__(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        self._console = Console(stderr=True)
        self._progress = Progress(
            BarColumn(bar_width=30),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=self._console,
            disable=not self._console.is_terminal,
        )
        self._progress.start()
        self._task = self._progress.add_task("", total=None)
        self._month = ""
        return self._show

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def _show(self, done: int, total: int, line: str) -> None:
        self._progress.update(self._task, completed=done, total=total, description=line)
        month = " ".join(line.split()[2:4])
        if not self._console.is_terminal and month != self._month:
            self._month = month
            print(f"  {month}", file=sys.stderr, flush=True)


def _print(summary: dict[str, Any], folder: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Cycle {summary['report_year']}, rehearsed to the opening of the next", title_justify="left")
    table.add_column("what")
    table.add_column("how many")
    for what, how_many in (*_rows(summary), *_assessment_rows(summary)):
        table.add_row(what, how_many)
    table.add_row("time", f"{summary['wall_s']} s, after {summary['startup_s']} s to start")
    console = Console()
    console.print(table)
    year = str(summary["report_year"])
    where = {
        "mails, by post": folder / "mails",
        "cables": folder / "cables",
        "Slack messages": folder / "slack",
        "released assessments": folder / "releases" / year,
        "chapters, requests": folder / "documents" / year,
        "roll-over": folder / "documents" / year / "roll-over",
        "refused files": folder / "quarantine",
        "the ledger": folder / "ledger.csv",
    }
    print("Where to look:")
    here = Path.cwd()
    for name, path in where.items():
        print(f"  {name:<22}{path.relative_to(here) if path.is_relative_to(here) else path}")


def _rows(summary: dict[str, Any]) -> Iterator[tuple[str, str]]:
    notices = summary["notices"]
    territories = f" and {summary['territories']} territory" if summary["territories"] else ""
    yield "special watch list", f"{summary['special_watch_list']} countries{territories}"
    yield "posts asked for something", str(summary["posts"])
    yield "notices promised", str(notices["promised"])
    decided = ", ".join(f"{notices[name]} {name}" for name in notices if name not in ("promised", "owed"))
    yield "  of them decided", decided
    yield "  of them not yet due", str(notices["owed"])
    yield "messages accepted", f"{summary['messages']} ({summary['duplicates']} more than once)"
    for step, counts in summary["submissions_by_step"].items():
        standings = ", ".join(f"{counts[name]} {name}" for name in ("received", "nil", "waived", "missing"))
        yield f"{step.replace('-', ' ')}s due: {counts['required']}", f"{standings}; {counts['late']} late"
    asked = summary["asked_in_winter"]
    yield "countries asked in winter", f"{asked['countries']}, {asked['with_a_placement']} of them with a placement"
    yield "files refused", str(summary["submissions"]["refused"])


def _assessment_rows(summary: dict[str, Any]) -> Iterator[tuple[str, str]]:
    chapters, clearances = summary["chapters"], summary["clearances"]
    yield "chapters", ", ".join(f"{count} {kind.partition('-')[0]}" for kind, count in chapters.items())
    yield "decisions of clearers", ", ".join(f"{count} {name}" for name, count in clearances.items())
    yield "released without concurrence", str(len(summary["overrides"]))
    splits = summary["splits"]
    yield f"splits over tiers: {splits['countries']}", ", ".join(f"{n} {end}" for end, n in splits["ended"].items())
    placed = dict(summary["placements"])
    left_out = f", {placed.pop('none')} not placed" if "none" in placed else ""
    yield "placements", ", ".join(f"{count} on {tier}" for tier, count in placed.items()) + left_out
    for one in summary["released"]:
        name = f"{one['document'].split(':')[2]} v{one['version']}"
        yield "released", f"{name} ({one['nature']}) on {one['released_at'][:10]}"
    following = summary["next_cycle"]
    if following:
        yield f"cycle {following['report_year']} open", f"{following['entries']} on its special watch list"
    yield "documents written", str(summary["documents"])
