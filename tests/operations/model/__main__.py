"""Play the model at length, from a seed of the day or the one given, and write what was found to var/reliability."""

from __future__ import annotations

import argparse
import secrets
import sys

from tests.operations.model.machine import Ledger
from tests.operations.model.test_model import play
from tests.reliability.findings import write_findings


def main() -> int:
    """0 if every step stood as reckoned."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--examples", type=int, default=300, help="of a hundred steps each")
    asked.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    given = asked.parse_args()
    print(f"{given.examples} examples from seed {given.seed} …")
    fault = ""
    try:
        play(given.examples, number=given.seed)
    except (AssertionError, ExceptionGroup) as error:
        fault = "\n".join([str(error), *getattr(error, "__notes__", [])])
    _write(given.seed, fault)
    print(fault or f"{Ledger.steps.total():,} steps, each as reckoned")
    return 1 if fault else 0


def _write(seed: int, fault: str) -> None:
    found = "a difference was found" if fault else "no difference between ledger and reckoning"
    write_findings(
        "model",
        title=f"Model test: {Ledger.steps.total():,} random steps from seed {seed}, {found}",
        source=f"make model (python -m tests.operations.model --seed {seed})",
        columns=["what happened", "times"],
        rows=[[name, count] for name, count in sorted(Ledger.steps.items())],
    )


if __name__ == "__main__":
    sys.exit(main())
