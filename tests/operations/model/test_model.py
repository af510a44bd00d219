"""Ten thousand steps in any order leave the ledger as a second, simple reckoning of it says."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.operations.model.machine import BEGIN, Ledger
from tests.operations.model.world import first_ledger, mail_server

STEPS = 100


def play(examples: int, *, number: int) -> int:
    """Play so many examples of `STEPS` steps from a seed; how many steps that were. The ledger is in memory if it can.

    Nothing is shrunk: that takes minutes here, and the steps of the example that failed are all printed.
    """
    memory = Path("/dev/shm")
    Ledger.steps.clear()
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as name, mail_server(Path(name)) as mailbox:
        Ledger.mailbox, Ledger.first = mailbox, first_ledger(Path(name), BEGIN)
        run_state_machine_as_test(
            seed(number)(Ledger),
            settings=settings(
                max_examples=examples,
                stateful_step_count=STEPS,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                print_blob=True,
                phases=(Phase.generate,),
            ),
        )
    return Ledger.steps.total()


@pytest.mark.parametrize("number", [1, 2])
def test_five_thousand_steps_in_any_order_leave_the_ledger_as_reckoned(number: int) -> None:
    assert play(50, number=number) >= 5_000
