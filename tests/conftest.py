"""What every test shares: which folders hold stories, and are left out of the fast tests."""

from __future__ import annotations

from pathlib import Path

import pytest

# A story opens a cycle and sends to real receivers on loopback: seconds each, minutes together.
STORIES = ("crash", "flows", "operations", "service", "smoke")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark stories as slow, so that `make test-fast` stays under a minute."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in STORIES:
            item.add_marker(pytest.mark.slow)
