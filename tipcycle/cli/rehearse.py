"""Run a cycle on a fast clock, with real flows and receivers."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tipcycle.cli.options import add_json, add_year, print_json, stop_on_signals


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The play, its seed, and where it is written."""
    add_year(parser)
    parser.add_argument("--seed", type=int, default=7, help="what the simulated posts do follows from it (default 7)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="default var/rehearsal/YEAR; emptied first")
    parser.add_argument("--prefect-api", metavar="URL", help="use this Prefect server instead of an own one")
    parser.add_argument("--keep-server", action="store_true", help="leave the Prefect UI up until Ctrl-C")
    add_json(parser)


def run(parsed: argparse.Namespace) -> int:
    """Shows each virtual day, then a table and where to look."""
    from tipcycle.service.rehearsal.rehearse import Rehearsal, last_day, rehearse
    from tipcycle.service.rehearsal.stage import stage
    from tipcycle.settings import settings

    stop_on_signals()
    folder = (parsed.out or settings().var_dir / "rehearsal" / str(parsed.report_year)).resolve()
    what = Rehearsal(parsed.report_year, parsed.seed, last_day(parsed.report_year))
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
    return 0


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

    submissions, notices = summary["submissions"], summary["notices"]
    table = Table(title=f"Cycle {summary['report_year']}, rehearsed to the interim assessment", title_justify="left")
    table.add_column("what")
    table.add_column("how many")
    listed = f"{summary['special_watch_list']} countries and {summary['territories']} territory"
    table.add_row("special watch list", listed)
    table.add_row("posts asked for something", str(summary["posts"]))
    table.add_row("notices promised", str(notices["promised"]))
    decided = ", ".join(f"{notices[name]} {name}" for name in notices if name not in ("promised", "owed"))
    table.add_row("  of them decided", decided)
    table.add_row("  of them not yet due", str(notices["owed"]))
    table.add_row("messages accepted", f"{summary['messages']} ({summary['duplicates']} more than once)")
    standings = ", ".join(f"{submissions[name]} {name}" for name in ("received", "nil", "waived", "missing"))
    table.add_row(f"progress reports due: {submissions['required']}", standings)
    table.add_row("  late, extended", f"{submissions['late']} late, {submissions['extended']} extended")
    table.add_row("  files refused", str(submissions["refused"]))
    table.add_row("documents written", str(summary["documents"]))
    table.add_row("time", f"{summary['wall_s']} s, after {summary['startup_s']} s to start")
    console = Console()
    console.print(table)
    where = {
        "mails, by post": folder / "mails",
        "cables": folder / "cables",
        "Slack messages": folder / "slack",
        "interim assessment": folder / "documents" / str(summary["report_year"]) / "interim-assessment",
        "refused files": folder / "quarantine",
        "the ledger": folder / "ledger.csv",
    }
    print("Where to look:")
    here = Path.cwd()
    for name, path in where.items():
        print(f"  {name:<20}{path.relative_to(here) if path.is_relative_to(here) else path}")
