"""What the stories of this folder start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledgers import asked, asked_ledger, asked_template
from tests.service.intake import Intake, intake
from tests.smoke.story import Story, story

__all__ = ["asked", "asked_ledger", "asked_template"]


@pytest.fixture
def served(asked: Story) -> Iterator[Intake]:
    """The intake of that story, on a port of its own; it is November 10, on time."""
    with intake(asked) as running:
        yield running


@pytest.fixture(scope="module")
def unlimited(tmp_path_factory: pytest.TempPathFactory, asked_ledger: Path) -> Iterator[Intake]:
    """One intake for hundreds of requests in a row, which no limit slows down."""
    fast = "1000000"
    with (
        story(tmp_path_factory.mktemp("unlimited"), ledger=asked_ledger) as cycle,
        intake(cycle, intake_requests_per_minute=fast, intake_uploads_per_minute=fast) as running,
    ):
        yield running
