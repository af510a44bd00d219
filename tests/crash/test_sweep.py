"""A part of the crash sweep: an instant of each kind, on both databases; `make crash` does the whole."""

from __future__ import annotations

import ast
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash import cases
from tests.crash.cases import CASES
from tests.crash.sweep import Sweep
from tests.postgresql import Server
from tipcycle.settings import ROOT

OPERATIONS = ROOT / "tipcycle" / "operations"
# They write to a copy that is thrown away.
ON_A_COPY = {"preview_messages", "run_step_flows"}
# They are the parts of an operation that is in the sweep.
PARTS = {
    "deliver": "tick",
    "plan_messages": "tick",
    "seal_instructions": "request_annual_submissions",
    "seal_action_requests": "send_action_requests",
    "Lease": "tick",
    "step_due_moments": "tick",
    "take_in": "take_in",
    "record_recommendations": "record_recommendations",  # by tests/operations/spring.py
    "record_placements": "record_placements",
    "deciding": "waive_obligation",  # the transaction of what is signed
    "show_code": "mail_code",  # the same without the mail, and what it shows dies with its process
}
# Mail, Slack, cables, files and commits, before and after.
SQLITE = [
    ("tick that escalates", "mail: RCPT: after"),
    ("tick that escalates", "mail: text and final dot: after"),
    ("tick that escalates", "mail: text and final dot, the answer is read: before"),
    ("tick that escalates", "Slack: POST, the answer is read: before"),
    ("tick that escalates", "commit: before"),
    ("send_action_requests", "cable: POST, the answer is read: before"),
    ("tick into the outbox", "rename: before"),
    ("take_in", "commit: after"),
    ("hold", "commit: after"),
    ("close_cycle", "commit: before"),
]
POSTGRESQL = [
    ("tick that escalates", "mail: text and final dot, the answer is read: before"),
    ("tick that escalates", "commit: after"),
    ("take_in", "commit: after"),
]


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """A receiver whose caller was killed says so at length."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def test_each_instant_leaves_a_ledger_that_reconciles(tmp_path: Path) -> None:
    with Sweep(tmp_path).running() as sweep:
        _kill(sweep, SQLITE)


def test_each_instant_leaves_a_ledger_on_postgresql_that_reconciles(tmp_path: Path, postgresql_server: Server) -> None:
    with Sweep(tmp_path, postgresql_server).running() as sweep:
        _kill(sweep, POSTGRESQL)


def test_every_operation_that_writes_is_in_the_sweep() -> None:
    swept = Path(cases.__file__).read_text(encoding="utf-8") + Path(cases.__file__).with_name("states.py").read_text(
        encoding="utf-8"
    )
    writing = {name for path in sorted(OPERATIONS.glob("*.py")) for name in _public_writers(path)}

    assert {"tick", "hold", "take_in", "close_cycle"} <= writing, "the search finds what it is for"
    missing = {name for name in writing - ON_A_COPY - PARTS.keys() if f"{name}(" not in swept}
    assert missing == set(), "name it in tests/crash/cases.py"
    assert set(PARTS.values()) <= CASES.keys()


def _kill(sweep: Sweep, wanted: list[tuple[str, str]]) -> None:
    for name, point in wanted:
        case = CASES[name]
        assert point in sweep.points(case), f"{name} never comes to: {point}"
        outcome = sweep.kill(case, point, 1)
        assert outcome.killed, f"{name} was not killed at: {point}"
        assert (outcome.lost, outcome.wrong) == ([], []), f"{name}, {point}"


def _public_writers(path: Path) -> set[str]:
    """The public functions of a module that open a writing transaction, by themselves or by others of the module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bodies = {node.name: ast.unparse(node) for node in tree.body if hasattr(node, "name")}
    writers = {name for name, body in bodies.items() if re.search(r"Store\.begin\(|\bdeciding\(", body)}
    while True:
        more = {
            name for name, body in bodies.items() if any(re.search(rf"(?<![\w.]){one}\(", body) for one in writers)
        } - writers
        if not more:
            break
        writers |= more
    if path.stem == "tick":
        writers |= {"tick"}
    return {name for name in writers if not name.startswith("_")}
