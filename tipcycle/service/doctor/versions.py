"""Are Prefect and what it stands on the versions that were measured?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tipcycle.service.doctor.seen import Seen, fault, ok
from tipcycle.service.versions import PINNED, installed, wrong_versions


def look(at: datetime) -> Iterator[Seen]:
    """A fault for each that is not as pyproject.toml holds it."""
    wrong = wrong_versions()
    for line in wrong:
        yield fault(line, "install what requirements.lock names: remove .venv, then make .venv/ready")
    if not wrong:
        yield ok(", ".join(f"{name} {installed(name)}" for name in PINNED))
