"""After any outage over any rung: none twice, none skipped, none out of order, none at night unless it says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.downtime.outage import COUNTRIES, LENGTHS, RUNGS, STEPS, ledgers, play
from tests.operations.model.world import MoodyMailbox

# Each rung and each length comes at least twice, in other zones; make time plays them all.
CASES = [
    (post, rung, list(LENGTHS)[(number + turn) % len(LENGTHS)])
    for number, rung in enumerate(RUNGS)
    for turn, post in enumerate(COUNTRIES)
    if (number + turn) % 3 != 2
]


@pytest.fixture(scope="module")
def first() -> Iterator[tuple[dict[str, Path], MoodyMailbox]]:
    with ledgers() as made:
        yield made


@pytest.mark.parametrize(("post", "rung", "length"), CASES)
def test_an_outage_over_a_rung(first: tuple[dict[str, Path], MoodyMailbox], post: str, rung: int, length: str) -> None:
    made, mailbox = first

    outcome = play(made[post], mailbox, post=post, rung=rung, off=LENGTHS[length])

    assert outcome.faults == ()
    assert outcome.sent > 0


@pytest.mark.parametrize("step", [name for name in STEPS if name != "as it is"])
@pytest.mark.parametrize("rung", [-1, 1])
def test_a_clock_that_is_two_hours_wrong_for_a_while(
    first: tuple[dict[str, Path], MoodyMailbox], rung: int, step: str
) -> None:
    made, mailbox = first

    outcome = play(made["baku"], mailbox, post="baku", rung=rung, off=LENGTHS["1 hour"], step=STEPS[step])

    assert outcome.faults == ()
    assert outcome.superseded == 0
