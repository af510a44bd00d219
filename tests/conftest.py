"""What every test shares: which folders hold stories, and are left out of the fast tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.databases import database, migrated_database, postgresql, postgresql_server, reused_database, run_on_both

__all__ = ["database", "migrated_database", "postgresql", "postgresql_server", "reused_database"]

# A story opens a cycle and sends to real receivers on loopback: seconds each, minutes together.
STORIES = ("crash", "flows", "operations", "service", "smoke")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark stories as slow, so that `make test-fast` stays under a minute."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in STORIES:
            item.add_marker(pytest.mark.slow)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run marked tests on SQLite and on PostgreSQL."""
    run_on_both(metafunc)
