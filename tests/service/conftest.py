"""What the stories of this folder start from."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ledgers import asked, asked_ledger, asked_template
from tests.service.intake import Intake, intake
from tests.smoke.story import Story

__all__ = ["asked", "asked_ledger", "asked_template"]


@pytest.fixture
def served(asked: Story) -> Iterator[Intake]:
    """The intake of that story, on a port of its own; it is November 10, on time."""
    with intake(asked) as running:
        yield running
