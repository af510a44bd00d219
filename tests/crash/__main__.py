"""The whole crash sweep, on SQLite and on PostgreSQL; `make crash`. Exit 1 names each kill that does not reconcile.

The instants of the senders (mail, Slack, cables) are killed 25 times each, those of the other operations
`--repeats` times.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.crash.cases import CASES, SENDERS, Case
from tests.crash.sweep import Outcome, Sweep, occurrences
from tests.postgresql import Server, programs
from tests.reliability.findings import write_findings

_OF_A_SENDER = 25
_SEED = 7


def main() -> int:
    """Both databases, a progress line, and a table a database."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument(
        "--repeats", type=int, default=1, help="kills at each instant of an operation that sends nothing"
    )
    parser.add_argument("--sender-repeats", type=int, default=_OF_A_SENDER, help="kills at each instant of a sender")
    parser.add_argument("--only", action="append", choices=list(CASES), help="only this case; may be repeated")
    parser.add_argument("--database", action="append", choices=("sqlite", "postgresql"))
    typed = parser.parse_args()
    logging.disable(logging.CRITICAL)  # a receiver whose caller was killed says so at length
    wrong = [one for database in typed.database or ("sqlite", "postgresql") for one in _whole(database, typed)]
    print("\n".join(wrong) or "every kill reconciles")
    return 1 if wrong else 0


def _whole(database: str, typed: argparse.Namespace) -> list[str]:
    """Each kill that does not reconcile; what was found so far is kept all the while."""
    outcomes: list[Outcome] = []
    for outcome in _sweep(database, typed):
        outcomes.append(outcome)
        if len(outcomes) % 20 == 0:
            _keep(database, outcomes, typed)
    _keep(database, outcomes, typed)
    return [
        f"{database}, {one.case}, {one.point}: lost {one.lost}, wrong {one.wrong}, killed {one.killed}"
        for one in outcomes
        if one.lost or one.wrong or not one.killed
    ]


def _sweep(database: str, typed: argparse.Namespace) -> Iterator[Outcome]:
    server = _server() if database == "postgresql" else None
    began = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder, Sweep(Path(folder), server).running() as sweep:
            for number, name in enumerate(typed.only or CASES, start=1):
                case, repeats = CASES[name], typed.sender_repeats if name in SENDERS else typed.repeats
                kills = occurrences(sweep.points(case), repeats, seed=_SEED)
                for done, (point, which) in enumerate(kills, start=1):
                    yield _kill(sweep, case, point, which)
                    where = f"{database} {number}/{len(typed.only or CASES)} {name}: {done}/{len(kills)} kills"
                    print(f"\r{where}, {time.monotonic() - began:.0f} s ", end="", file=sys.stderr, flush=True)
            print(file=sys.stderr)
    finally:
        if server:
            server.stop()


def _kill(sweep: Sweep, case: Case, point: str, which: int) -> Outcome:
    """Kill at that instant; where an answer came in fewer pieces than it did undisturbed, at the last one there is."""
    outcome = sweep.kill(case, point, which)
    while not outcome.killed and which > 1:
        which -= 1
        outcome = sweep.kill(case, point, which)
    return outcome


def _server() -> Server:
    folder = programs()
    if folder is None:
        raise SystemExit("PostgreSQL is not installed; --database sqlite goes without it")
    return Server(folder)


def _keep(database: str, outcomes: list[Outcome], typed: argparse.Namespace) -> None:
    """A row an instant, over all operations; what was listed counts messages."""
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        groups[one.point].append(one)
    rows = [(point, *_counts(group)) for point, group in sorted(groups.items())]
    write_findings(
        f"crash-{database}",
        title=f"Killed at every instant, {database}",
        source=f"python -m tests.crash --database {database} --repeats {typed.repeats} "
        f"--sender-repeats {typed.sender_repeats}",
        columns=("instant", "operations", "kills", "lost", "repeats", "listed as unknown", "wrong"),
        rows=[*rows, ("all", *_counts(outcomes))],
        notes=[
            f"{len({one.case for one in outcomes})} of {len(CASES)} operations were swept.",
            "Each kill is SIGKILL; then the operation is done again, the next tick runs, and a person looks up what is "
            "listed as unknown. Wrong is a kill after which ledger, files, receivers and audit chain are not those of "
            "an undisturbed run, or a repeat that was not listed as unknown before.",
        ],
        more={"faults": [vars(one) for one in outcomes if one.lost or one.wrong]},
    )


def _counts(group: list[Outcome]) -> tuple[int, ...]:
    return (
        len({one.case for one in group}),
        len(group),
        sum(len(one.lost) for one in group),
        sum(len(one.repeats) for one in group),
        sum(len(one.listed) for one in group),
        sum(bool(one.wrong or not one.killed) for one in group),
    )


if __name__ == "__main__":
    sys.exit(main())
